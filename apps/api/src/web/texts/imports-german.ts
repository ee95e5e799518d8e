import type { ImportTexts } from './imports-english.js';

const files = (count: number): string => (count === 1 ? 'Eine Datei' : `${count} Dateien`);

/** What the pages of imports and copies say, in German. */
export const importsInGerman: ImportTexts = {
  title: 'Ein Wiki importieren',
  lead: 'Zuerst wird gezeigt, was käme: Seiten, Dateien, Links, die ins Leere führen, Namen, die nicht bleiben können. Nichts wird angelegt, bevor du es sagst.',
  archive: {
    title: 'Ein Archiv oder ein Git-Bundle',
    choose: 'Datei',
    hint: (size) =>
      `Ein Obsidian-Vault oder ein anderer Ordner mit Markdown als .zip, .tar oder .tar.gz; oder ein Git-Bundle, das seine Geschichte mitbringt. Höchstens ${size}.`,
    bundle:
      'Ein Otter Wiki, ein Gollum-Wiki oder ein anderes Git-Repository wird mit diesem Befehl in seinem Ordner zum Bundle:',
    send: 'Ansehen',
  },
  folder: {
    title: 'Ein Ordner',
    choose: 'Ordner',
    hint: 'Der Browser packt ihn und schickt ihn als eine Datei. Ohne Skript den Ordner als .zip packen und hochladen.',
    send: 'Den Ordner ansehen',
  },
  remote: {
    title: 'Ein Git-Repository im Netz',
    url: 'Adresse',
    hint: 'Nur https://, etwa https://github.com/owner/project.wiki.git. Der Hauptzweig kommt mit seiner Geschichte.',
    token: 'Zugangs-Token',
    tokenHint: 'Nur für ein privates Repository. Es wird einmal benutzt, jetzt, und nirgends aufbewahrt.',
    send: 'Holen',
  },
  demo: {
    title: 'Ein Wiki zum Umsehen',
    text: 'Auf diesem Server gibt es noch kein Wiki. Das Demo-Wiki hat 91 Seiten einer erfundenen Feldstation, mit der Geschichte ihrer Entstehung.',
    send: 'Das Demo-Wiki anlegen',
  },
  nothingChosen: 'Wähle zuerst eine Datei.',
  sending: {
    cancel: 'Abbrechen',
    waiting: 'wartet',
    sending: '{} wird gesendet.',
    done: '{} wurde gesendet.',
    failed: '{} wurde nicht angenommen.',
    cancelled: '{} wurde abgebrochen.',
    tooLarge: 'Sie ist größer, als hier hochgeladen werden kann.',
    refused: 'Der Server hat sie abgelehnt ({}).',
    lost: 'Die Verbindung ging verloren.',
    again: 'Die Seite neu laden',
  },
  emptyFolder: 'In diesem Ordner sind keine Dateien.',
  own: 'Deine Importe',
  states: {
    fetching: 'wird geholt',
    looking: 'wird angesehen',
    looked: 'bereit zum Import',
    running: 'wird importiert',
    done: 'importiert',
    failed: 'nicht importiert',
  },
  kept: 'Was nicht abgeschlossen ist, wird einen Tag nach dem Beginn weggeworfen.',
  one: (source) => `Import: ${source}`,
  demoSource: 'Das Demo-Wiki',
  busy: {
    fetching: 'Das Repository wird geholt.',
    looking: 'Es wird angesehen.',
    running: 'Das Wiki wird angelegt.',
    text: 'Du kannst die Seite verlassen und wiederkommen: es geht von selbst weiter.',
    reload: 'Diese Seite neu laden',
    steps: { fetching: 'holen', reading: 'lesen', checking: 'Links verfolgen', writing: 'schreiben' },
    of: (step, done, total) => `${step}: ${done} von ${total}`,
  },
  report: {
    would: 'Was käme',
    came: 'Was kam',
    pages: 'Seiten',
    files: 'Andere Dateien',
    history: 'Geschichte',
    commits: (count) => (count === 1 ? 'ein Commit' : `${count} Commits, die bleiben, wie sie sind`),
    noHistory: 'Keine in dieser Quelle; daraus wird ein Commit',
    links: 'Links',
    linksTold: (all, broken, ambiguous) =>
      `${all}, davon führen ${broken} ins Leere, und ${ambiguous} können mehrere Seiten meinen`,
    order: 'Wikilinks',
    orders: { 'target-first': '[[Seite|Text]]', 'label-first': '[[Text|Seite]]' },
    noOrder: 'Kein Link verrät es; [[Seite|Text]] wird angenommen',
    folder: (name) =>
      `Alle Dateien liegen im Ordner „${name}“. Sie werden aus ihm genommen; ihre Pfade beginnen unter ihm.`,
    leftOut: (count) =>
      `${files(count)} von git, Obsidian oder dem Betriebssystem ${count === 1 ? 'bleibt' : 'bleiben'} weg.`,
    hasHistory:
      'Es ist ein Git-Repository darin, dessen Geschichte auf diesem Weg nicht mitkommt. Um sie zu behalten, lade ein Bundle hoch:',
    broken: 'Links, die ins Leere führen',
    brokenText:
      'Sie bleiben, wie sie geschrieben sind: keine Seite wird geändert. Ein Link auf eine fehlende Seite bietet an, sie anzulegen.',
    page: 'Seite',
    line: 'Zeile',
    target: 'Link auf',
    elsewhere: (path) =>
      `Es gibt ${path}. Obsidian findet eine Datei allein nach ihrem Namen; hier wird sie neben der Seite oder nach ihrem Pfad gefunden.`,
    more: (count) => `Und ${count} weitere.`,
    odd: 'Ungewöhnliche Namen',
    oddText:
      'Sie kommen, wie sie sind, und sind lesbar, können aber hier nicht so angelegt werden. Benenne sie um, wann es passt.',
    fine: 'Jeder Link führt irgendwohin, und jeder Name kann bleiben.',
  },
  form: {
    title: 'Das Wiki anlegen',
    name: 'Name',
    slug: 'Adresse',
    slugHint: (place) => `a-z, 0-9 und Bindestriche. Das Wiki wird unter ${place} stehen`,
    visibility: 'Wer es lesen darf',
    private: 'Nur wer dazu eingeladen ist',
    public: 'Alle',
    order: 'Wie Links mit Text geschrieben sind',
    send: 'Importieren',
    slugTaken: (slug) => `Du hast schon ein Wiki unter ${slug}. Wähle eine andere Adresse.`,
  },
  refused: {
    title: 'So kann es nicht importiert werden',
    text: 'Nichts wurde angelegt. Das sind die Gründe:',
    later: 'Der Import kam nicht zu seinem Ende. Nichts davon blieb zurück.',
    again: 'Noch einmal versuchen',
  },
  discard: 'Verwerfen',
  discardHint: 'Das Hochgeladene wird sofort weggeworfen.',
  forget: 'Diesen Import vergessen',
  another: 'Etwas anderes importieren',
  done: {
    title: 'Das Wiki ist da',
    gone: 'Das Wiki, das daraus wurde, gibt es nicht mehr, oder es ist nicht mehr deines.',
    open: 'Das Wiki öffnen',
    noHome:
      'Es hat keine Seite Home, index oder README, mit der es beginnt; stattdessen wird die Liste seiner Seiten gezeigt.',
    makeHome: 'Diese Seite schreiben',
    changes: 'Seine Commits',
    connect: 'Einen Agenten verbinden',
    members: 'Teilen',
  },
  copies: {
    lead: 'Nimm das Wiki mit. Beide Kopien entstehen beim Herunterladen; ein abgebrochener Download ist nicht vollständig.',
    files: {
      title: 'Die Dateien, als .zip',
      text: 'Jede Seite und Datei Byte für Byte in ihrem Ordner. Gut zum Lesen anderswo, als Obsidian-Vault oder für jedes Programm, das Markdown liest. Ohne Geschichte.',
      revision: 'Revision',
      hint: 'Freiwillig. Die Kennung eines Commits (7 bis 40 Zeichen), für die Dateien, wie sie damals waren.',
      send: 'Dateien herunterladen',
    },
    history: {
      title: 'Die ganze Geschichte, als Git-Bundle',
      text: 'Eine Datei mit jedem Commit und allem, was je darin stand. Gut als Sicherung und für den Umzug auf einen anderen Server. git liest sie wie ein Repository:',
      send: 'Bundle herunterladen',
    },
    import: 'Beide lassen sich wieder importieren.',
  },
};
