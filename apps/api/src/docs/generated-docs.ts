import { accountActions, actions, wikiActions } from '@lib/acl';
import { z } from 'zod';
import { environment } from '../config.js';
import { problems } from '../http/problems.js';

const notice = '<!-- Written by `npm run docs`. Do not edit. -->';

interface Variable {
  name: string;
  description: string;
  fallback: string;
}

/** The pages made from the code, by their path in the checkout. */
export function generatedDocs(): Map<string, string> {
  return new Map([
    ['.env.example', envExample()],
    ['docs/generated/configuration.md', configurationPage()],
    ['docs/generated/problems.md', problemsPage()],
    ['docs/generated/actions.md', actionsPage()],
  ]);
}

function variables(): Variable[] {
  const { properties = {} } = z.toJSONSchema(environment, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, schema]) => {
    const { description = '', default: fallback } = schema as { description?: string; default?: string | number };
    return { name, description, fallback: fallback === undefined ? '' : String(fallback) };
  });
}

function envExample(): string {
  const entries = variables().map(({ name, description, fallback }) => `# ${description}\n# ${name}=${fallback}\n`);
  const head =
    '# Every variable wikibot reads, with its default. NAME_FILE names a file that holds the value instead.\n';
  return `${head}\n${entries.join('\n')}`;
}

function configurationPage(): string {
  const rows = variables().map(({ name, description, fallback }) => [code(name), code(fallback), description]);
  return page(
    'Configuration',
    'wikibot is configured by environment variables. `NAME_FILE` may name a file that holds the value, for secrets.',
    ['Variable', 'Default', 'Meaning'],
    rows,
  );
}

function problemsPage(): string {
  const rows = Object.entries(problems)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { status, title, hint = '' }]) => [code(name), String(status), title, hint]);
  return page(
    'Problems',
    'Every refusal has a code. REST sends it as the `type` of a problem document, `/problems/<code>`; MCP and git send the same words.',
    ['Code', 'Status', 'Meaning', 'What to do'],
    rows,
  );
}

function actionsPage(): string {
  const rows = [...wikiActions, ...accountActions].map((name) => {
    const row = actions[name];
    const roles = 'roles' in row ? row.roles.join(', ') : 'the person themselves';
    return [code(name), row.sentence, roles, row.verb, 'public' in row && row.public ? 'yes' : ''];
  });
  return page(
    'Actions',
    'Everything that can be done, which roles have it, which verb a token needs for it, and whether anyone may do it on a public wiki.',
    ['Action', 'What it is', 'Roles', 'Verb', 'Public'],
    rows,
  );
}

function page(title: string, lead: string, head: string[], rows: string[][]): string {
  const widths = head.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => [...(row[column] ?? '')].length)),
  );
  const line = (cells: string[]) => `| ${cells.map((cell, column) => pad(cell, widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [`# ${title}`, '', notice, '', lead, '', line(head), rule, ...rows.map(line), ''].join('\n');
}

const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - [...text].length));
const code = (text: string): string => (text === '' ? '' : `\`${text}\``);
