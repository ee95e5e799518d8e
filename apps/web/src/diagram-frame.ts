// What runs in the frame that draws diagrams. The frame has an origin of its own, no network and no way to the page that
// holds it: it is told the text of a diagram, and answers with the picture as text.
import mermaid from 'mermaid';
import type { DrawnDiagram, WantedDiagram } from './diagram-messages.js';

const font = 'ui-sans-serif, system-ui, sans-serif';
// What the text of a diagram may not change by its own `init`.
const fixed = [
  ...['secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'suppressErrorRendering'],
  ...['dompurifyConfig', 'themeCSS', 'fontFamily', 'altFontFamily', 'deterministicIds', 'logLevel'],
];

let last: Promise<void> = Promise.resolve();

window.addEventListener('message', ({ source, data }: MessageEvent<WantedDiagram>) => {
  // Only the page around it may ask; whatever came of the one before, the next is drawn.
  if (source !== window.parent) return;
  last = last.then(async () => window.parent.postMessage(await drawn(data), '*'));
});

async function drawn({ id, text, isDark }: WantedDiagram): Promise<DrawnDiagram> {
  try {
    mermaid.initialize({
      ...{ startOnLoad: false, securityLevel: 'strict', suppressErrorRendering: true, secure: fixed },
      ...{ theme: isDark ? 'dark' : 'default', darkMode: isDark, fontFamily: font, logLevel: 'fatal' },
    });
    const { svg } = await mermaid.render(`d${id}`, text);
    return { id, ...picture(svg) };
  } catch (error) {
    return { id, problem: error instanceof Error ? error.message.slice(0, 2_000) : 'It cannot be drawn.' };
  } finally {
    document.body.replaceChildren();
  }
}

/** A drawing as a picture of its own: well-formed, and as large as it is meant to be. */
function picture(written: string): { svg: string; width: number; height: number } {
  document.body.innerHTML = written;
  const svg = document.body.querySelector('svg');
  if (svg === null) throw new Error('It cannot be drawn.');
  const box = svg.viewBox.baseVal;
  const shown = svg.getBoundingClientRect();
  const isMeasured = box !== null && box.width > 0 && box.height > 0;
  const [width, height] = isMeasured ? [box.width, box.height] : [shown.width, shown.height];
  svg.removeAttribute('style');
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  return { svg: new XMLSerializer().serializeToString(svg), width, height };
}
