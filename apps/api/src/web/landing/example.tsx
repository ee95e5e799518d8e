import { safe } from '../html.js';
import type { Texts } from '../texts/texts.js';
import type { RecordedCall, RecordedEdit, RecordedSession } from './recorded-session.js';

type Step = RecordedSession['steps'][number];

/** What went on between an agent and a person, as it was recorded. */
export function Example({ session, texts }: { session: RecordedSession; texts: Texts }) {
  const { title, text, captions, same } = texts.front.example;
  const { wiki, steps } = session;
  return (
    <section class="front-section" aria-labelledby="front-example">
      <h2 id="front-example">{title}</h2>
      <p class="front-about">{text(wiki.name, wiki.pages)}</p>
      <ol class="front-steps">
        {steps.map((step, at) => (
          <li>
            <div class="front-caption">
              <Doer step={step} texts={texts} />
              <p>{captions[at]}</p>
              {isMerged(step) && <p>{same}</p>}
            </div>
            <div class="front-shown">
              {step.kind === 'edit' ? (
                <Edit step={step} texts={texts} />
              ) : (
                <Call step={step} texts={texts} steps={steps} />
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Doer({ step, texts }: { step: Step; texts: Texts }) {
  const { person, agent } = step.by;
  return (
    <p class="front-doer">
      <span class={agent === null ? 'site-who' : 'site-who site-agent'}>
        {person}
        {agent !== null && ` (${agent})`}
      </span>{' '}
      <span class="site-soft">{step.kind === 'edit' ? texts.front.example.inBrowser : 'MCP'}</span>
    </p>
  );
}

function Edit({ step, texts }: { step: RecordedEdit; texts: Texts }) {
  const { page, before, after } = texts.front.example;
  return (
    <>
      <p class="front-title">{page(step.path)}</p>
      <p class="front-lines">
        <del aria-label={before}>{step.removed}</del>
        <ins aria-label={after}>{step.added}</ins>
      </p>
      <p class="site-soft">{step.message}</p>
    </>
  );
}

interface CallProps {
  step: RecordedCall;
  steps: readonly Step[];
  texts: Texts;
}

function Call({ step, steps, texts }: CallProps) {
  const { asked, answered, page, both } = texts.front.example;
  return (
    <>
      <dl class="front-call" aria-label={asked}>
        <dt>{step.tool}</dt>
        {Object.entries(step.arguments).map(([name, value]) => (
          <dd>
            <span>{name}</span> {value}
          </dd>
        ))}
      </dl>
      <pre class="front-answer" tabindex={0} role="region" aria-label={`${step.tool}: ${answered}`}>
        {headOf(step.answer)}
      </pre>
      {step.html !== null && step.page !== null && (
        <div
          class="front-page wb-text"
          tabindex={0}
          role="region"
          aria-label={page(step.page.path)}
          {...safe(step.html)}
        />
      )}
      {isMerged(step) && step.page !== null && (
        <>
          <p class="front-title">{both}</p>
          <p class="front-lines">
            {linesOfBoth(step.page.content, steps).map((line) => (
              <span>{line}</span>
            ))}
          </p>
        </>
      )}
    </>
  );
}

/** The answer without the page that follows in it. */
const headOf = (answer: string): string => answer.split('\n\n---\n', 1)[0] ?? '';

const isMerged = (step: Step): boolean => step.kind === 'call' && step.tool === 'edit_note';

/** The lines of a page in which what the person and what the agent wrote stands. */
function linesOfBoth(content: string, steps: readonly Step[]): string[] {
  const written = steps.flatMap((step) =>
    step.kind === 'edit'
      ? [step.added]
      : typeof step.arguments['new_string'] === 'string'
        ? [step.arguments['new_string']]
        : [],
  );
  return content.split('\n').filter((line) => written.some((text) => line.includes(text)));
}
