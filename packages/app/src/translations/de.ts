export default {
  'nav.menu': 'Menü',
  'nav.home': 'Start',
  'nav.catalog': 'Katalog',
  'nav.apis': 'APIs',
  'nav.docs': 'Doku',
  'nav.create': 'Neu',
  'nav.services': 'Dienste',
  'nav.templates': 'Vorlagen',
  'nav.changes': 'Änderungen',
  'nav.search': 'Suche',
  'nav.notifications': 'Mitteilungen',
  'nav.settings': 'Einstellungen',
  'home.morning': 'Guten Morgen, {{name}}',
  'home.afternoon': 'Guten Tag, {{name}}',
  'home.evening': 'Guten Abend, {{name}}',
  'home.morningNobody': 'Guten Morgen',
  'home.afternoonNobody': 'Guten Tag',
  'home.eveningNobody': 'Guten Abend',
  'home.search': 'Alles durchsuchen',
  'home.cards': 'Was sich tut',
  'firstSteps.title': 'Erste Schritte',
  'firstSteps.description': 'Wege ins Portal, jeder einen Klick entfernt',
  'firstSteps.catalog': 'Ansehen, was es gibt',
  'firstSteps.catalogText':
    'Dienste, Bibliotheken, die Teams dahinter und wie sie voneinander abhängen.',
  'firstSteps.catalogButton': 'Katalog öffnen',
  'firstSteps.delivery': 'Sehen, wie die Lieferung läuft',
  'firstSteps.deliveryText':
    'Wie oft Änderungen bei den Nutzern ankommen, wie lange sie brauchen und wo sie warten.',
  'firstSteps.deliveryButton': 'Lieferung öffnen',
  'firstSteps.register': 'Eigene Software eintragen',
  'firstSteps.registerText':
    'Dem Portal ein Repository zeigen; den Rest erledigt es.',
  'firstSteps.registerButton': 'Eintragen',
  'firstSteps.create': 'Etwas Neues beginnen',
  'firstSteps.createText':
    'Ein Repository mit Pipeline, Doku und Zuständigkeit, aus einer Vorlage.',
  'firstSteps.createButton': 'Anlegen',
  'firstSteps.docs': 'Nachlesen',
  'firstSteps.docsText':
    'Die Dokumentation dieses Portals und von allem, was darin ist.',
  'firstSteps.docsButton': 'Doku lesen',
  'firstSteps.sample':
    'Sie sehen eine erfundene Organisation und ein erfundenes Jahr. npm run story:remove nimmt das Jahr weg; die Organisation ist ein Eintrag unter catalog.locations in app-config.yaml.',
  'signIn.title': 'Bei {{app}} anmelden',
  'signIn.loading': 'Anmeldung läuft',
  'signIn.developmentTitle': 'Wer möchten Sie sein?',
  'signIn.developmentText':
    'Dieses Portal läuft im Entwicklungsmodus. Wählen Sie eine Person der Beispielorganisation; ein Passwort braucht es nicht.',
  'signIn.notLoaded':
    '{{name}} ist noch nicht im Katalog. Nach dem ersten Start dauert es einige Sekunden, bis die Beispielorganisation geladen ist. Bitte noch einmal versuchen.',
  'signIn.failed': 'Die Anmeldung als {{name}} ging nicht: {{reason}}',
  'signIn.with': 'Mit {{provider}} anmelden',
  'signIn.providerFailed':
    'Die Anmeldung mit {{provider}} ging nicht: {{reason}}',
  'signIn.oidc': 'Ihrer Organisation',
  'signIn.noWayTitle': 'Es ist keine Anmeldung eingerichtet',
  'signIn.noWayText':
    'Nennen Sie mindestens einen Anbieter unter app.signIn.providers (github oder oidc) und richten Sie ihn unter auth.providers mit einem Sign-in-Resolver ein. app-config.production.yaml zeigt beides.',
  'signIn.unreachableTitle': 'Das Backend des Portals antwortet nicht',
  'signIn.unreachableText': 'Solange kann sich niemand anmelden: {{reason}}',
  'signIn.again': 'Noch einmal',
};
