DROP TABLE near_miss_lesson_source;
DROP TABLE near_miss_lesson;
DROP TABLE near_miss;
