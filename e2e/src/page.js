// The body of a function that runs in the page: `arguments[0]` says what is asked, `arguments[1]` of what.
// Roles follow "HTML Accessibility API Mappings", names "Accessible Name and Description Computation 1.2", both as far as an archive of
// stories needs them. The scenario `names_agree_with_the_engine` holds this against what each engine computes itself.

const HEADING = /^H[1-6]$/;
const LANDMARK_CONTENT = 'article, aside, main, nav, section, [role=article], [role=complementary], [role=main], [role=navigation], [role=region]';
const BY_TAG = {
  ARTICLE: 'article', ASIDE: 'complementary', BLOCKQUOTE: 'blockquote', BUTTON: 'button', CODE: 'code', DETAILS: 'group', DIALOG: 'dialog',
  FIELDSET: 'group', FIGURE: 'figure', HR: 'separator', LI: 'listitem', MAIN: 'main', MARK: 'mark', MENU: 'list', NAV: 'navigation', OL: 'list',
  OPTION: 'option', OUTPUT: 'status', P: 'paragraph', PROGRESS: 'progressbar', SEARCH: 'search', TABLE: 'table', TD: 'cell', TEXTAREA: 'textbox',
  TIME: 'time', TR: 'row', UL: 'list',
};
const BY_INPUT_TYPE = {
  button: 'button', checkbox: 'checkbox', image: 'button', number: 'spinbutton', radio: 'radio', range: 'slider', reset: 'button', search: 'searchbox',
  submit: 'button', hidden: '',
};
const NAMED_BY_CONTENT = new Set(['button', 'cell', 'checkbox', 'columnheader', 'heading', 'link', 'menuitem', 'option', 'radio', 'row', 'rowheader',
  'switch', 'tab', 'tooltip']);

const squeeze = (text) => text.replace(/\s+/g, ' ').trim();

function roleOf(element) {
  const explicit = (element.getAttribute('role') || '').trim().split(/\s+/)[0];
  if (explicit) return explicit;
  const tag = element.tagName;
  if (HEADING.test(tag)) return 'heading';
  switch (tag) {
    case 'A': return element.hasAttribute('href') ? 'link' : '';
    case 'HEADER': return element.parentElement.closest(LANDMARK_CONTENT) ? '' : 'banner';
    case 'FOOTER': return element.parentElement.closest(LANDMARK_CONTENT) ? '' : 'contentinfo';
    case 'SECTION': return ownName(element) ? 'region' : '';
    case 'FORM': return ownName(element) ? 'form' : '';
    case 'IMG': return element.getAttribute('alt') === '' ? '' : 'img';
    case 'TH': return element.scope === 'row' ? 'rowheader' : 'columnheader';
    case 'SELECT': return element.multiple || element.size > 1 ? 'listbox' : 'combobox';
    case 'INPUT': return element.hasAttribute('list') ? 'combobox' : (BY_INPUT_TYPE[element.type] ?? 'textbox');
    default: return BY_TAG[tag] || '';
  }
}

function isHidden(element) {
  return !element.checkVisibility({ visibilityProperty: true }) || element.closest('[aria-hidden=true], [inert]') !== null;
}

// The names that an element gets from its own attributes, in the order of the specification.
function ownName(element) {
  const ids = (element.getAttribute('aria-labelledby') || '').split(/\s+/).filter(Boolean);
  const others = ids.map((id) => document.getElementById(id)).filter(Boolean);
  if (others.length) return squeeze(others.map((other) => squeeze(other.getAttribute('aria-label') || contentOf(other, element))).join(' '));
  return squeeze(element.getAttribute('aria-label') || '');
}

function nameOf(element, role = roleOf(element)) {
  const own = ownName(element);
  if (own) return own;
  if (element.labels && element.labels.length) {
    const fromLabels = squeeze([...element.labels].map((label) => contentOf(label, element)).join(' '));
    if (fromLabels) return fromLabels;
  }
  const caption = { FIELDSET: 'legend', TABLE: 'caption', FIGURE: 'figcaption' }[element.tagName];
  const captionElement = caption && [...element.children].find((child) => child.tagName === caption.toUpperCase());
  if (captionElement) return squeeze(contentOf(captionElement, element));
  if (element.tagName === 'IMG') return squeeze(element.alt);
  if (element.tagName === 'INPUT' && role === 'button') return squeeze(element.value);
  if (NAMED_BY_CONTENT.has(role)) {
    const content = squeeze(contentOf(element, null));
    if (content) return content;
  }
  return squeeze(element.getAttribute('title') || element.getAttribute('placeholder') || '');
}

function generated(element, pseudo) {
  const content = getComputedStyle(element, pseudo).content;
  const alternative = /\/\s*"((?:[^"\\]|\\.)*)"\s*$/.exec(content);
  const literal = alternative || /^"((?:[^"\\]|\\.)*)"$/.exec(content);
  return literal ? literal[1] : '';
}

// What an element says when it is read as part of another one's name; `asker` is the control whose label is read.
function contentOf(element, asker) {
  let text = generated(element, '::before');
  for (const node of element.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node === asker) continue;
    if (isHidden(node)) continue;
    const inner = ownName(node) || (node.tagName === 'IMG' ? node.alt : node.tagName === 'BR' ? ' ' : contentOf(node, asker));
    text += getComputedStyle(node).display === 'inline' ? inner : ` ${inner} `;
  }
  return text + generated(element, '::after');
}

function matches(name, wanted) {
  if (!wanted) return true;
  switch (wanted.how) {
    case 'exactly': return name === squeeze(wanted.text);
    case 'starting': return name.startsWith(wanted.text);
    case 'containing': return name.includes(wanted.text);
    default: return name.endsWith(wanted.text);
  }
}

function find(locator) {
  const roots = locator.within ? find(locator.within) : [document];
  const found = new Set();
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      const role = roleOf(element);
      if (role !== locator.role) continue;
      if (locator.level && Number(element.getAttribute('aria-level') || element.tagName[1]) !== locator.level) continue;
      if (isHidden(element) || !matches(nameOf(element, role), locator.name)) continue;
      found.add(element);
    }
  }
  return [...found];
}

// The page as someone hears it who goes through it: one line for each element that a scenario could ask for, a dozen of a kind.
function outline() {
  const silent = new Set(['', 'listitem', 'paragraph', 'mark', 'time', 'code', 'row', 'cell', 'presentation', 'none']);
  const MOST = 12;
  const counts = {};
  const lines = [];
  for (const element of document.body.querySelectorAll('*')) {
    const role = roleOf(element);
    if (silent.has(role) || isHidden(element)) continue;
    counts[role] = (counts[role] || 0) + 1;
    if (counts[role] > MOST && element !== document.activeElement) continue;
    const says = nameOf(element, role) || (['status', 'alert'].includes(role) ? squeeze(element.textContent) : '');
    const states = ['aria-current', 'aria-pressed', 'aria-expanded'].filter((state) => element.hasAttribute(state)).map((state) => ` ${state}=${element.getAttribute(state)}`);
    if (element.checked) states.push(' checked');
    if (element === document.activeElement) states.push(' (focus)');
    lines.push(`${role}${HEADING.test(element.tagName) ? element.tagName[1] : ''} “${says}”${states.join('')}`);
  }
  return [...lines, ...Object.keys(counts).filter((role) => counts[role] > MOST).map((role) => `… ${counts[role]} ${role} in all`)];
}

switch (arguments[0]) {
  case 'find': return find(arguments[1]);
  case 'names': return find(arguments[1]).map((element) => nameOf(element));
  case 'texts': return find(arguments[1]).map((element) => squeeze(element.innerText));
  case 'name': return [roleOf(arguments[1]), nameOf(arguments[1])];
  case 'focus': return document.activeElement ? [roleOf(document.activeElement), nameOf(document.activeElement)] : ['', ''];
  case 'outline': return outline();
}
