interface Progress {
  state: string;
  text: string;
  done: number | null;
  total: number | null;
}

const everyMs = 1_000;
const seldomMs = 5_000;

/** Asks how far an import is, shows it, and shows the page anew when there is more to see. */
export function watch(area: HTMLElement): void {
  const address = area.dataset['watch'] ?? '';
  const bar = area.querySelector('progress');
  const step = area.querySelector('[data-step]');
  area.querySelector('[data-reload]')?.toggleAttribute('hidden', true);

  const look = async () => {
    const found = await asked(address);
    if (found !== null && found.state !== area.dataset['state']) return location.reload();
    if (found !== null) show(found, bar, step);
    setTimeout(() => void look(), found === null ? seldomMs : everyMs);
  };
  setTimeout(() => void look(), everyMs / 2);
}

/** Null when the server cannot be asked at the moment; it may be starting again. */
async function asked(address: string): Promise<Progress | null> {
  try {
    const answer = await fetch(address, { headers: { accept: 'application/json' } });
    return answer.ok ? ((await answer.json()) as Progress) : null;
  } catch {
    return null;
  }
}

function show({ text, done, total }: Progress, bar: HTMLProgressElement | null, step: Element | null): void {
  if (step !== null) step.textContent = text;
  if (bar === null) return;
  if (done === null || total === null) {
    bar.removeAttribute('value');
    return;
  }
  bar.max = Math.max(total, 1);
  bar.value = done;
}
