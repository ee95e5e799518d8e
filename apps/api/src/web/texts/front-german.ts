import type { FrontTexts } from './front-english.js';

const pages = (count: number): string => (count === 1 ? '1 Seite' : `${count} Seiten`);
const changes = (count: number): string => (count === 1 ? '1 Änderung' : `${count} Änderungen`);

/** What the landing page, the desk, the pages of people, terms and privacy say, in German. */
export const frontInGerman: FrontTexts = {
  title: 'wikibot: Wikis, die Menschen und KI-Agenten gemeinsam schreiben',
  heading: 'Ein Wiki, das Menschen und KI-Agenten gemeinsam schreiben',
  description:
    'Wikis aus Markdown in git. Menschen schreiben sie im Browser, KI-Agenten über MCP, Programme über REST, alle mit git; mit denselben Zugriffsregeln, Suche nach Bedeutung und einem Verlauf, der sagt, wer was geschrieben hat.',
  lead: 'Jedes Wiki ist ein git-Repository aus Markdown. Alle, die daran arbeiten, sehen dieselben Seiten nach denselben Zugriffsregeln, und der Verlauf sagt von jeder Änderung, welcher Mensch und welcher Agent sie gemacht hat.',
  start: 'Erste Schritte',
  source: 'Quelltext',
  byInvitation: 'Konten gibt es auf Einladung.',
  noAccounts:
    'Hier hat noch niemand ein Konto. Wer diesen Server gestartet hat, findet den Link zum ersten dort, wo er läuft: er steht in dessen Konsole.',
  doors: {
    title: 'Vier Türen, ein Wiki',
    web: {
      title: 'Menschen, im Browser',
      text: 'Lesen, schreiben, vergleichen, zurückholen, suchen. Alles geht ohne JavaScript; mit ihm kommen ein Editor, eine Palette und ein Bild der Links dazu.',
    },
    mcp: {
      title: 'KI-Agenten, über MCP',
      text: (tools) =>
        `${tools} Werkzeuge: nach Worten und Bedeutung suchen, eine Seite oder einen Abschnitt lesen, mit der gelesenen Revision ändern, den Verlauf ansehen, aufräumen.`,
    },
    rest: {
      title: 'Programme, über REST',
      text: 'Dieselben Seiten als JSON, beschrieben mit OpenAPI, mit ETags und Probeläufen, und mit Schlüsseln, durch die eine wiederholte Anfrage einmal ausgeführt wird.',
    },
    git: {
      title: 'Alle, mit git',
      text: 'Ein Klon ist das ganze Wiki mit seinem Verlauf. Für einen Push gelten dieselben Regeln wie an jeder anderen Tür, und wird er abgelehnt, steht dabei, warum.',
    },
  },
  example: {
    title: 'Ein Agent und ein Mensch auf einer Seite',
    text: (wiki, count) =>
      `„${wiki}“ ist das Wiki einer erfundenen Forschungsstation, ${count} Seiten lang. Ein Agent arbeitet darin für Mara über MCP; währenddessen öffnet Ines dieselbe Seite im Browser. Was hier steht, wurde an einem laufenden Server aufgezeichnet, und ein Test spielt es mit jeder Änderung des Programms noch einmal durch.`,
    captions: [
      'Der Agent sucht eine Seite. Die Frage hat kaum ein Wort mit ihr gemeinsam; gefunden wird sie nach dem, was sie bedeutet.',
      'Er liest, was er gefunden hat, und erfährt die Revision.',
      'Inzwischen ändert Ines im Browser eine Zeile der Tabelle.',
      'Der Agent schreibt und nennt die Revision, die er gelesen hat. Sie ist nicht mehr die neueste. Die beiden Änderungen stehen in verschiedenen Zeilen, also bleiben beide, und der Agent bekommt die Seite, wie sie jetzt ist.',
      'Der Verlauf sagt, wer was getan hat: Menschen mit Namen, Agenten in Klammern hinter dem Namen des Menschen, für den sie gearbeitet haben.',
    ],
    inBrowser: 'im Browser',
    before: 'vorher',
    after: 'nachher',
    asked: 'gefragt',
    answered: 'geantwortet',
    page: (path) => `Die Seite ${path}`,
    both: 'Beide Änderungen stehen in der Seite',
    same: 'Hätten beide dieselbe Zeile geändert, wäre der Zweite abgewiesen worden und hätte beide Fassungen gezeigt bekommen: ein Agent in seiner Antwort, ein Mensch auf einer Seite, auf der er sie zusammenfügt.',
  },
  differs: {
    title: 'Was es anders macht',
    points: [
      [
        'Nichts Geschriebenes geht verloren, und nichts Ungesehenes wird überschrieben',
        'Eine Änderung steht auf der Platte, bevor sie bestätigt wird. Eine, die von einer alten Revision ausging, wird zusammengeführt oder mit beiden Seiten abgelehnt.',
      ],
      [
        'Eine Seite bleibt, wie sie geschrieben wurde',
        'Das Programm ändert nie ihre Bytes. Hinter dem Markdown liegt kein anderes Format, und auszuführen gibt es nichts: Das Repository ist das Wiki.',
      ],
      [
        'Jede Änderung nennt, wer sie gemacht hat',
        'Mensch, Agent und Tür stehen bei jedem Commit und im Verlauf, in Vergleichen und Zeile für Zeile. Eine Änderung lässt sich allein zurücknehmen; was später kam, bleibt.',
      ],
      [
        'Was man nicht sehen darf, gibt es nicht',
        'Ein privates Wiki antwortet an jeder Tür genau wie eines, das es nicht gibt. Token für Agenten lassen sich auf einzelne Wikis, auf Ordner oder auf das Lesen beschränken.',
      ],
      [
        'Suche nach Bedeutung, auf dem Server selbst',
        'Worte und Bedeutung zusammen sind die Vorgabe. Das Modell ist dabei und läuft neben dem Wiki; kein Text verlässt dafür die Maschine.',
      ],
      [
        'Ein Befehl, und es läuft',
        'Node und git genügen: Datenbank und Modell sind dabei. Nach etwa einer Sekunde ist es bereit, und in Ruhe braucht es rund 130 MB Speicher.',
      ],
    ],
  },
  pricing: {
    title: 'Was es kostet',
    own: {
      title: 'Auf Ihrem eigenen Server',
      price: 'Kostenlos',
      points: ['MIT-Lizenz', 'Alles, ohne Grenzen', 'Ihre Maschine, Ihre Daten, Ihre Regeln'],
    },
    here: 'Auf diesem Server',
    free: 'Kostenlos',
    premium: 'Premium',
    soon: 'Premium kommt bald.',
    upgraded: 'Ein Wiki stuft hoch, wer diesen Server betreibt.',
    unlimited: 'Keine Grenzen für Wikis, Seiten, Menschen oder Pushes',
    wikis: (count) => (count === 1 ? '1 Wiki je Person' : `${count} Wikis je Person`),
    pages: (count) => `${count} Seiten in einem Wiki`,
    noPages: 'Seiten ohne Grenze',
    people: (count) => (count === 1 ? '1 Mitarbeitender' : `${count} Mitarbeitende`),
    noPeople: 'Mitarbeitende ohne Grenze',
    files: (size) => `${size} Dateien in einem Wiki`,
    noFiles: 'Dateien insgesamt ohne Grenze',
    single: (page, file) => `Eine Seite bis ${page}, eine Datei bis ${file}`,
    push: 'Clone, Pull und Push',
    noPush: 'Clone und Pull; kein Push',
    slug: 'Eine selbst gewählte Adresse für jedes Wiki',
    always: 'Browser, MCP, REST und Suche nach Bedeutung gehören immer dazu.',
  },
  desk: {
    title: 'Ihr Schreibtisch',
    create: 'Neues Wiki',
    bring: 'Eines mitbringen',
    since: (time) => `Geändert seit ${time}`,
    newest: 'Neueste Änderungen',
    nothingSince: (time) => `Seit Sie am ${time} hier waren, hat sich nichts geändert.`,
    people: 'Menschen',
    agents: 'Agenten',
    agentOf: (who) => `für ${who}`,
    you: 'Sie',
    changes,
    more: (count) => `und ${pages(count)} mehr`,
    files: (count) => (count === 1 ? '1 Datei' : `${count} Dateien`),
    others: (count) => `und ${count} weitere`,
    atLeast: 'Das sind die neuesten; es gibt mehr.',
    all: 'Alle Änderungen',
    otherWikis: (count) =>
      count === 1 ? 'Noch eines Ihrer Wikis hat sich geändert.' : `Noch ${count} Ihrer Wikis haben sich geändert.`,
    drafts: 'Ihre Entwürfe',
    draftOf: (wiki) => `in ${wiki}`,
    keptOn: 'aufgehoben',
    wikis: 'Ihre Wikis',
    pages,
    changed: 'geändert',
    role: (role) => ({ owner: 'Eigentümer', editor: 'Bearbeiter', viewer: 'Leser' })[role] ?? role,
    showAll: (count) => `Alle ${count} Wikis zeigen`,
    deleted: 'Gelöschte Wikis, die sich zurückholen lassen',
    ownPage: 'Ihre öffentliche Seite',
    empty: {
      title: 'Mit einem Wiki anfangen',
      text: 'Sie haben noch kein Wiki, und niemand hat Sie zu einem eingeladen.',
      make: 'Ein Wiki anlegen',
      makeText: 'Ein Name und ein Zweck genügen. Es beginnt mit drei Seiten, die sagen, wie man darin arbeitet.',
      connect: 'Ihren Agenten verbinden',
      connectText:
        'Das Wiki hat dann einen Reiter, der seine Adresse nennt, ein Token macht und die Zeilen für jeden Client zeigt.',
      write: 'Die erste Seite schreiben',
      writeText: 'Im Browser, oder Sie bitten Ihren Agenten darum. Beide sehen sie sofort.',
      bring: 'Es gibt schon eines?',
      bringText:
        'Ein Ordner mit Markdown, ein Archiv oder ein git-Repository mit seinem Verlauf lässt sich mitbringen.',
    },
  },
  person: {
    wikisOf: (name) => `Wikis von ${name}`,
    description: (name, count) =>
      count === 1 ? `Ein öffentliches Wiki von ${name}.` : `${count} öffentliche Wikis von ${name}.`,
    none: 'Hier gibt es kein Wiki, das Sie sehen dürfen.',
    noneNobody:
      'Hier gibt es kein öffentliches Wiki. Wenn Sie zu einem eingeladen sind, melden Sie sich an, um es zu sehen.',
    noneOwn: 'Sie haben noch kein Wiki.',
    cut: 'Es gibt mehr, als gezeigt werden.',
  },
  terms: 'Nutzungsbedingungen dieses Servers: Konten, Namen, was aufbewahrt wird, löschen und gehen.',
  privacy: 'Was dieser Server von Menschen aufbewahrt, wie lange, wer es sieht, und wie man es löscht oder mitnimmt.',
};
