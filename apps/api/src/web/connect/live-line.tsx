import type { Texts } from '../texts/texts.js';
import type { Calls, Watch } from './calls.js';

interface LiveLineProps {
  texts: Texts;
  /** Where the script asks how it stands. */
  address: string;
  watch: Watch;
  calls: Calls;
}

/** Whether the agent has called, and what it wrote; a script keeps it up to date. */
export function LiveLine({ texts, address, watch, calls }: LiveLineProps) {
  const { live } = texts.connect;
  const asked = Object.entries(watch).filter(([, value]) => value !== undefined) as [string, string | number][];
  const query = new URLSearchParams(asked.map(([name, value]) => [name, String(value)]));
  return (
    <section class="site-step" aria-labelledby="site-live" data-calls={`${address}?${query}`}>
      <h2 id="site-live">{live.title}</h2>
      <p class="site-live" role="status" aria-live="polite" data-connected={calls.isConnected ? '' : undefined}>
        <span class="site-dot" aria-hidden="true" />
        <span data-said>{calls.said}</span>
      </p>
      <div aria-live="polite" data-written hidden={calls.pages.length === 0}>
        <p>{live.pages}</p>
        <ul data-pages>
          {calls.pages.map(({ name, href }) => (
            <li>
              <a href={href}>{name}</a>
            </li>
          ))}
        </ul>
      </div>
      <noscript>
        <p class="site-hint">{live.reload}</p>
      </noscript>
    </section>
  );
}
