import sanitizeHtml, { type Attributes, type IOptions, type Tag } from 'sanitize-html';

const text = [
  ...['p', 'br', 'hr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'pre', 'code', 'div', 'span', 'section'],
  ...['ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'caption', 'colgroup', 'col', 'thead', 'tbody', 'tfoot', 'tr'],
  ...[
    'th',
    'td',
    'a',
    'abbr',
    'b',
    'bdi',
    'bdo',
    'cite',
    'del',
    'dfn',
    'em',
    'i',
    'ins',
    'kbd',
    'mark',
    'q',
    'rp',
    'rt',
  ],
  ...['ruby', 's', 'samp', 'small', 'strong', 'sub', 'sup', 'time', 'u', 'var', 'wbr', 'details', 'summary', 'figure'],
  ...['figcaption', 'aside', 'img', 'video', 'audio', 'input', 'label'],
];
const formulas = [
  ...['math', 'semantics', 'annotation', 'mrow', 'mi', 'mo', 'mn', 'ms', 'mtext', 'mspace', 'msup', 'msub', 'msubsup'],
  ...[
    'munder',
    'mover',
    'munderover',
    'mmultiscripts',
    'mprescripts',
    'mfrac',
    'msqrt',
    'mroot',
    'mtable',
    'mtr',
    'mtd',
  ],
  ...['mlabeledtr', 'mstyle', 'mpadded', 'mphantom', 'menclose', 'merror'],
];
const formulaAttributes = [
  ...['mathvariant', 'stretchy', 'fence', 'separator', 'lspace', 'rspace', 'minsize', 'maxsize', 'symmetric', 'accent'],
  ...['accentunder', 'columnalign', 'rowalign', 'rowspacing', 'columnspacing', 'columnlines', 'rowlines', 'frame'],
  ...['displaystyle', 'scriptlevel', 'linethickness', 'width', 'height', 'depth', 'voffset', 'notation', 'mathcolor'],
  ...['mathbackground', 'mathsize', 'movablelimits', 'largeop', 'form', 'side', 'encoding', 'display', 'xmlns'],
];
const cell = ['align', 'colspan', 'rowspan', 'scope'];

// Classes of the page around it begin otherwise, so a text cannot look like what it is not.
const classes = ['wb-*', 'hljs*', 'language-*', 'footnote*'];

const options: IOptions = {
  allowedTags: [...text, ...formulas],
  disallowedTagsMode: 'escape',
  allowedAttributes: {
    '*': ['id', 'dir', 'lang', 'title', 'data-line'],
    a: ['href', 'rel', 'tabindex', 'aria-hidden', 'aria-label'],
    img: ['src', 'alt', 'width', 'height', 'loading'],
    video: ['src', 'controls', 'preload', 'width', 'height', 'loop', 'muted'],
    audio: ['src', 'controls', 'preload', 'loop', 'muted'],
    input: ['type', 'checked', 'disabled'],
    details: ['open'],
    ol: ['start', 'type', 'reversed'],
    li: ['value'],
    col: ['span'],
    colgroup: ['span'],
    td: cell,
    th: cell,
    time: ['datetime'],
    ...Object.fromEntries(formulas.map((name) => [name, formulaAttributes])),
  },
  allowedClasses: { '*': classes },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesByTag: { img: ['data'], video: [], audio: [] },
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  parseStyleAttributes: false,
  enforceHtmlBoundary: false,
  transformTags: {
    '*': (tagName, attribs) => ({ tagName, attribs: withoutOurIds(attribs) }),
    img: picture,
    video: media,
    audio: media,
    input: (tagName, { checked }) => {
      const box = { type: 'checkbox', disabled: '' };
      return { tagName, attribs: checked === undefined ? box : { ...box, checked } };
    },
  },
};

/** What of HTML may stand on a page: nothing that runs, loads from elsewhere, or passes for a part of the page around it. */
export function safeHtml(html: string): string {
  return sanitizeHtml(html, options);
}

function withoutOurIds(attribs: Attributes): Attributes {
  const { id, ...others } = attribs;
  return id === undefined || id.startsWith('site-') || /\s/.test(id) ? others : attribs;
}

/** A picture from elsewhere would tell others who reads the page: it is a link. */
function picture(tagName: string, attribs: Attributes): Tag {
  const { src = '', alt = '' } = attribs;
  if (isOurs(src) || /^data:image\/(?:png|gif|jpeg|webp);base64,/i.test(src)) {
    return { tagName, attribs: withoutOurIds({ alt, ...attribs }) };
  }
  const label = alt === '' ? src : alt;
  return {
    tagName: 'a',
    attribs: { href: src, class: 'wb-outside wb-picture', rel: 'nofollow ugc noopener' },
    text: label,
  };
}

function media(tagName: string, { src = '', ...attribs }: Attributes): Tag {
  return { tagName, attribs: withoutOurIds(isOurs(src) ? { ...attribs, src } : attribs) };
}

/** Whether an address stays with this server, as a browser reads it. */
function isOurs(address: string): boolean {
  try {
    return new URL(address, 'https://wiki.invalid/a/b').host === 'wiki.invalid';
  } catch {
    return false;
  }
}
