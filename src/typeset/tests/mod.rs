//! Tests of the room: lines, pages, and the PDF as other programs read it.

mod lines;
mod pages;
mod pdf;
mod placed;
mod sample;
mod tools;
