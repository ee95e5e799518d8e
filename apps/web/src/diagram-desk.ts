import type { DrawnDiagram, WantedDiagram } from './diagram-messages.js';

/** A drawing that takes longer is given up, and its frame with it. */
const longestMs = 15_000;
const mostKnown = 100;
const largest = { bytes: 4_000_000, pixels: 20_000 };

export type Picture = { svg: string; width: number; height: number } | { problem: string };

/** Has diagrams drawn, one after another, in a frame that can do nothing else. */
export class DiagramDesk {
  private frame: Promise<HTMLIFrameElement> | null = null;
  private count = 0;
  private last: Promise<unknown> = Promise.resolve();
  /** What was drawn, so that a preview does not draw all anew with every change. */
  private readonly known = new Map<string, Promise<Picture>>();

  constructor(
    private readonly address: string,
    private readonly tooLong: string,
  ) {}

  draw(text: string, isDark: boolean): Promise<Picture> {
    const key = `${isDark} ${text}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const drawn = this.last.then(() => this.ask({ id: (this.count += 1), text, isDark }));
    this.last = drawn;
    if (this.known.size >= mostKnown) this.known.clear();
    this.known.set(key, drawn);
    return drawn;
  }

  private async ask(wanted: WantedDiagram): Promise<Picture> {
    this.frame ??= openFrame(this.address);
    const frame = await this.frame;
    const answer = await answerOf(frame, wanted);
    if (answer !== null) return answer;
    // It hangs, or was never there; the next diagram gets a new one.
    frame.remove();
    this.frame = null;
    return { problem: this.tooLong };
  }
}

function openFrame(address: string): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.setAttribute('sandbox', 'allow-scripts');
  frame.className = 'site-drawing';
  frame.tabIndex = -1;
  frame.setAttribute('aria-hidden', 'true');
  frame.src = address;
  return new Promise((resolve) => {
    frame.addEventListener('load', () => resolve(frame), { once: true });
    document.body.append(frame);
  });
}

function answerOf(frame: HTMLIFrameElement, wanted: WantedDiagram): Promise<Picture | null> {
  return new Promise((resolve) => {
    const end = (picture: Picture | null) => {
      clearTimeout(timer);
      window.removeEventListener('message', hear);
      resolve(picture);
    };
    const hear = ({ source, data }: MessageEvent<DrawnDiagram>) => {
      if (source === frame.contentWindow && data?.id === wanted.id) end(checked(data));
    };
    const timer = setTimeout(() => end(null), longestMs);
    window.addEventListener('message', hear);
    // The frame has no origin that could be named.
    frame.contentWindow?.postMessage(wanted, '*');
  });
}

/** What comes from the frame may be made by whoever wrote the diagram: it is a picture of some size, or a text. */
function checked(answer: DrawnDiagram): Picture {
  if ('problem' in answer) return { problem: String(answer.problem) };
  const [width, height] = [answer.width, answer.height].map((size) =>
    Math.min(Math.ceil(Number(size)), largest.pixels),
  );
  const svg = String(answer.svg);
  const isPicture = svg.startsWith('<svg') && svg.length <= largest.bytes && Number(width) > 0 && Number(height) > 0;
  return isPicture ? { svg, width: Number(width), height: Number(height) } : { problem: 'It cannot be drawn.' };
}
