import type { ComponentChildren } from 'preact';
import type { Snippets } from '../../connect/snippets.js';
import type { Texts } from '../texts/texts.js';

interface ClientListProps {
  texts: Texts;
  snippets: Snippets;
  isPublic: boolean;
  /** Whether a token is sent along. */
  isKnown: boolean;
}

/** What is to be pasted into each client. */
export function ClientList({ texts, snippets, isPublic, isKnown }: ClientListProps) {
  const said = texts.connect.clients;
  return (
    <div class="site-clients">
      <Client name={said.claudeCode} hint={said.claudeCodeHint} code={snippets.claudeCode} isOpen />
      <Client name={said.cursor} hint={said.cursorHint('.cursor/mcp.json')} code={snippets.cursor} />
      <Client name={said.json} hint={said.jsonHint} code={snippets.json} />
      <Client
        {...{ name: said.claudeAi, code: isPublic ? snippets.endpoint : null }}
        hint={`${isPublic ? said.claudeAiHint : said.claudeAiPrivate} ${said.claudeAiWhy}`}
      />
      {snippets.curl !== null && <Client name={said.curl} hint={said.curlHint} code={snippets.curl} />}
      <Client
        {...{ name: said.git, code: snippets.git }}
        hint={snippets.git === null ? said.noGit : isKnown ? said.gitHint : said.gitOpen}
      />
    </div>
  );
}

interface ClientProps {
  name: string;
  hint: string;
  code: string | null;
  isOpen?: boolean;
}

function Client({ name, hint, code, isOpen = false }: ClientProps) {
  return (
    <details open={isOpen}>
      <summary>{name}</summary>
      <p>{hint}</p>
      {code !== null && <Code name={name}>{code}</Code>}
    </details>
  );
}

/** Something to be copied as it stands. */
export function Code({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <pre class="wb-code site-code" data-name={name}>
      <code>{children}</code>
    </pre>
  );
}
