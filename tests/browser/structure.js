// A page's elements in their order, with what they are told to be and whether they have words. Ids
// differ from page to page, so they count by which of them are the same; addresses and words count by
// whether they are there.
const known = new Map();
const number = (id) => known.get(id) ?? known.set(id, known.size).get(id);
const refers = new Set(['id', 'for', 'form', 'list', 'aria-labelledby', 'aria-describedby',
  'aria-controls', 'aria-owns']);
const words = new Set(['href', 'src', 'd', 'action', 'name', 'value', 'content', 'datetime', 'title',
  'alt', 'placeholder', 'aria-label']);
const attribute = ({ name, value }) => {
  if (refers.has(name)) return `${name}=${value.split(' ').map(number)}`;
  if (words.has(name) || name.startsWith('data-')) return value ? name : `${name}=`;
  return `${name}=${value}`;
};
const hasWords = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim() !== '';
const element = (one) => {
  const attributes = [...one.attributes].map(attribute).join(' ');
  const own = [...one.childNodes].some(hasWords) ? 'words' : '';
  return `<${one.localName} ${attributes}>${own}${[...one.children].map(element).join('')}</>`;
};
return element(document.documentElement);
