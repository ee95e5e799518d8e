// Keeps the line up to date that says whether an agent has called, as long as the page is looked at.
const everyMs = 1_000;
const slowestMs = 30_000;

/** What the server tells each time. */
interface Calls {
  said: string;
  isConnected: boolean;
  pages: { name: string; href: string }[];
}

const place = document.querySelector<HTMLElement>('[data-calls]');
if (place !== null) follow(place, place.dataset.calls ?? '');

function follow(place: HTMLElement, address: string): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = everyMs;
  const ask = async () => {
    timer = undefined;
    const answer = await fetch(address, { headers: { accept: 'application/json' } }).catch(() => null);
    // Whoever is signed out, or may not see the wiki any more, is told nothing more.
    if (answer !== null && answer.status >= 400 && answer.status < 500) return;
    waitMs = answer?.ok === true ? everyMs : Math.min(2 * waitMs, slowestMs);
    if (answer?.ok === true) show(place, (await answer.json()) as Calls);
    rest();
  };
  const rest = () => {
    if (document.visibilityState === 'visible') timer ??= setTimeout(() => void ask(), waitMs);
  };
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    timer = undefined;
    waitMs = everyMs;
    rest();
  });
  rest();
}

/** Changes only what is new, since each change is read out. */
function show(place: HTMLElement, { said, isConnected, pages }: Calls): void {
  const line = place.querySelector<HTMLElement>('[data-said]');
  if (line !== null && line.textContent !== said) line.textContent = said;
  line?.parentElement?.toggleAttribute('data-connected', isConnected);
  const list = place.querySelector<HTMLElement>('[data-pages]');
  const written = place.querySelector<HTMLElement>('[data-written]');
  if (list === null || written === null) return;
  written.hidden = pages.length === 0;
  const known = new Set(Array.from(list.querySelectorAll('a'), ({ textContent }) => textContent));
  list.append(...pages.filter(({ name }) => !known.has(name)).map(linkTo));
}

function linkTo({ name, href }: Calls['pages'][number]): HTMLLIElement {
  const [entry, link] = [document.createElement('li'), document.createElement('a')];
  link.href = href;
  link.textContent = name;
  entry.append(link);
  return entry;
}
