import type { KeepingTexts } from './keeping-english.js';

/** What the members and settings of a wiki say, and the mail that invites to it, in German. */
export const keepingInGerman: KeepingTexts = {
  save: 'Speichern',
  cancel: 'Abbrechen',
  members: {
    who: 'Wer eine Rolle hat',
    role: (role) => ({ owner: 'Eigentümer', editor: 'Schreibt', viewer: 'Liest' })[role] ?? role,
    means: { editor: 'Schreiben und lesen', viewer: 'Nur lesen' },
    you: 'Sie',
    since: (day, by) => (by === null ? `seit ${day}` : `seit ${day}, durch ${by}`),
    make: (role) => (role === 'editor' ? 'Schreiben lassen' : 'Nur lesen lassen'),
    makeWhom: (who, role) => `${role === 'editor' ? 'Schreiben lassen' : 'Nur lesen lassen'}: ${who}`,
    remove: 'Entfernen',
    removeWhom: (who) => `${who} entfernen`,
    leave: 'Verlassen',
    leaveThis: 'Dieses Wiki verlassen',
    add: 'Jemanden einlassen',
    login: 'Benutzername oder E-Mail-Adresse',
    loginHint:
      'Wer hier einen Benutzernamen hat, bekommt die Rolle sofort. Eine E-Mail-Adresse bekommt einen Link, der für eine Person gilt. Leer: ein Link zum Weitergeben.',
    roleField: 'Rolle',
    daysField: 'Ein Link gilt',
    days: (days) => (days === 1 ? '1 Tag' : `${days} Tage`),
    addButton: 'Einlassen',
    unknown:
      'Diesen Benutzernamen hat hier niemand. Für jemanden ohne Konto geben Sie die E-Mail-Adresse an, oder lassen Sie das Feld für einen Link leer.',
    ownerFault: 'Das ist der Eigentümer des Wikis, dessen Rolle bleibt.',
    link: {
      title: 'Ein Link für eine Person',
      mailed: (email) =>
        `Wir schicken ihn auch an ${email}. Wenn dort keine Mail ankommt, geben Sie ihn selbst weiter. Er wird nur dieses eine Mal gezeigt.`,
      pass: 'Geben Sie ihn selbst weiter. Er wird nur dieses eine Mal gezeigt.',
      means: (role, until) =>
        `Wer ihn zuerst öffnet, legt ein Konto an oder meldet sich mit dem eigenen an und ${role === 'editor' ? 'schreibt und liest' : 'liest'} dann hier. Er gilt bis ${until}.`,
      meansClosed: (role, until) =>
        `Wer ihn zuerst öffnet und sich anmeldet, ${role === 'editor' ? 'schreibt und liest' : 'liest'} dann hier. Konten legt hier der Betreiber an. Er gilt bis ${until}.`,
    },
    pending: 'Offene Einladungen',
    anyone: 'Ein Link zum Weitergeben',
    until: (role, until) => `${role === 'editor' ? 'Schreiben und lesen' : 'Nur lesen'}, gilt bis ${until}`,
    by: (who) => `, von ${who}`,
    revoke: 'Widerrufen',
    revokeWhom: (who) => `Die Einladung widerrufen: ${who}`,
    done: {
      added: 'Die Rolle ist vergeben.',
      role: 'Die Rolle ist geändert.',
      removed: 'Die Rolle ist entzogen.',
      revoked: 'Die Einladung ist widerrufen. Ihr Link gilt nicht mehr.',
      public: 'Das Wiki ist jetzt öffentlich.',
      private: 'Das Wiki ist jetzt privat.',
    },
    visibility: {
      title: 'Wer es lesen darf',
      private: 'Dieses Wiki ist privat: Nur wer eine Rolle hat, findet und liest es. Für alle anderen ist es nicht da.',
      public:
        'Dieses Wiki ist öffentlich: Jeder liest es ohne Konto, im Browser, über die API, als Agent und mit git, samt seiner ganzen Geschichte. Zum Schreiben braucht man eine Rolle. Suchmaschinen dürfen es aufführen.',
      toPublic: 'Öffentlich machen …',
      toPrivate: 'Privat machen',
      toPrivateHint: 'Was andere bis dahin gelesen oder kopiert haben, bleibt bei ihnen.',
    },
    publish: {
      title: 'Dieses Wiki öffentlich machen?',
      text: 'Jeder wird alles lesen, ohne Konto:',
      what: [
        'jede Seite und jede Datei, und was sie früher waren: Gelöschte Seiten und alte Texte bleiben in der Geschichte',
        'die Namen und Benutzernamen derer, die geschrieben haben, und wann',
        'im Browser, über die API, als Agent (MCP) und als Klon mit git; Suchmaschinen dürfen es aufführen',
      ],
      stays:
        'Mitglieder, Einladungen, Tokens und Entwürfe bleiben verborgen. Es kann wieder privat werden; was inzwischen kopiert wurde, bleibt kopiert.',
      button: 'Öffentlich machen',
    },
    removing: {
      title: (who) => `${who} die Rolle entziehen?`,
      private: (who) =>
        `${who} findet dieses Wiki nicht mehr, im Browser so wenig wie mit einem Token. Was ${who} geschrieben hat, bleibt.`,
      public: (who) =>
        `${who} schreibt hier nicht mehr. Das Wiki ist öffentlich, also bleibt das Lesen. Was ${who} geschrieben hat, bleibt.`,
      button: 'Die Rolle entziehen',
    },
    leaving: {
      title: 'Dieses Wiki verlassen?',
      private:
        'Sie finden es nicht mehr, im Browser so wenig wie mit einem Token. Was Sie geschrieben haben, bleibt. Nur der Eigentümer kann Sie wieder einlassen.',
      public:
        'Sie schreiben hier nicht mehr; das Lesen bleibt, denn das Wiki ist öffentlich. Nur der Eigentümer kann Sie wieder einlassen.',
      button: 'Verlassen',
    },
  },
  settings: {
    about: 'Was es ist',
    name: 'Name',
    purpose: 'Wofür es da ist',
    purposeHint: 'Freiwillig. Agenten lesen es zuerst: Sagen Sie, was hierher gehört, und für wen.',
    categories: 'Kategorien',
    categoriesHint:
      'Eine je Zeile. Seiten nennen ihre in ihren Eigenschaften. Eine, die hier fehlt, bleibt auf ihren Seiten und steht bei dem, was Pflege braucht.',
    linkOrder: 'Wie Links mit Beschriftung geschrieben werden',
    orders: {
      'target-first': { example: '[[Seite|Text]]', text: 'zuerst die Seite, wie in Obsidian und MediaWiki' },
      'label-first': { example: '[[Text|Seite]]', text: 'zuerst der Text, wie in An Otter Wiki' },
    },
    linkOrderHint:
      'Seiten werden nicht umgeschrieben. Wenn Sie das ändern, wird jeder Link mit Beschriftung, der schon da ist, andersherum gelesen: Seine Beschriftung wird zu seiner Seite.',
    done: {
      saved: 'Die Einstellungen sind gespeichert.',
      nothing: 'Nichts wurde geändert.',
      slug: 'Das Wiki hat seine neue Adresse.',
      custom: 'Die Adresse ist gesetzt.',
      noCustom: 'Die eigene Adresse ist zurückgegeben.',
    },
    conflict:
      'Inzwischen wurden diese Einstellungen anderswo geändert, deshalb ist noch nichts gespeichert. Was jetzt gilt, steht bei den Feldern; speichern Sie noch einmal, um Ihres an seine Stelle zu setzen.',
    now: (value) => `Jetzt gilt: ${value}`,
    nowEmpty: 'Jetzt gilt: nichts',
    address: 'Seine Adresse',
    addressNow: 'Es ist hier:',
    slug: 'Kurzname in der Adresse',
    slugHint: '1 bis 64 Buchstaben a-z, Ziffern und Bindestriche.',
    slugWarning:
      'Die alte Adresse führt dann nirgendwohin: Links von anderswo, Klone und verbundene Agenten brauchen die neue. Tokens und Mitglieder bleiben.',
    slugWarningCustom: 'Unter der eigenen Adresse, unten, bleibt das Wiki erreichbar.',
    slugButton: 'Die Adresse ändern',
    custom: 'Eigene Adresse',
    customHint:
      '3 bis 30 Buchstaben a-z, Ziffern und Bindestriche, mit niemandem geteilt. Leer: keine. Browser werden von den anderen Adressen hierher geführt; Agenten und git werden auch dort bedient.',
    customBack: 'Eine zurückgegebene bleibt anderen ein Jahr lang vorenthalten.',
    customButton: 'Die Adresse setzen',
    customPlan: 'Eine eigene Adresse gehört zum Premium-Plan. Dieses Wiki hat den kostenlosen Plan.',
    customOperator: 'Der Betreiber dieses Servers gibt Wikis keine eigenen Adressen.',
    remove: 'Dieses Wiki löschen',
    removeText:
      'Es wird sofort geschlossen, für alle: im Browser, für Agenten, Tokens und git. Sieben Tage lang können Sie es wiederherstellen, mit allem, was dazugehört. Dann wird es ausgelöscht, samt seiner Geschichte.',
    removeCopy: 'Wenn Sie eine Kopie behalten möchten, holen Sie sie vorher.',
    confirmation: (expected) => `Geben Sie zur Bestätigung ${expected} ein`,
    mismatch: (expected) => `Das ist nicht ${expected}.`,
    removeButton: 'Das Wiki löschen',
    lapsed:
      'Die Zahlung für dieses Wiki ist ausgelaufen, deshalb können seine Einstellungen nicht geändert werden. Löschen geht.',
    faults: {
      name: '1 bis 100 Zeichen, ohne < und > und unsichtbare.',
      purpose: 'Höchstens 2000 Zeichen, ohne unsichtbare.',
      categories: 'Höchstens 200 Kategorien mit je höchstens 100 Zeichen.',
      slugTaken: 'Unter diesem Namen gibt es ein Wiki von Ihnen, oder ein gelöschtes, das noch wiederherzustellen ist.',
    },
  },
  deleted: {
    title: 'Gelöschte Wikis',
    text: 'Ein gelöschtes Wiki kann sieben Tage lang wiederhergestellt werden. Dann wird es ausgelöscht.',
    none: 'Es gibt kein Wiki, das wiederherzustellen wäre.',
    until: (day) => `wiederherstellbar bis ${day}`,
    restore: 'Wiederherstellen',
    restoreWhat: (name) => `${name} wiederherstellen`,
    done: (name, until) => `„${name}“ ist gelöscht. Sie können es bis ${until} wiederherstellen.`,
    desk: 'Ihre Wikis',
  },
  mail: {
    greeting: 'Guten Tag,',
    subject: (wiki) => `Sie sind zu @${wiki} eingeladen`,
    text: (by, wiki, site) =>
      `${by} lädt Sie zum Wiki @${wiki} bei ${site} ein. Folgen Sie diesem Link, um ein Konto anzulegen oder mit dem eigenen anzunehmen:`,
    good: (days) => (days <= 1 ? 'Der Link gilt einen Tag, einmal.' : `Der Link gilt ${days} Tage, einmal.`),
    ignore: 'Wenn Sie nicht wissen, wer das ist, tun Sie nichts: Ohne den Link geschieht nichts.',
  },
};
