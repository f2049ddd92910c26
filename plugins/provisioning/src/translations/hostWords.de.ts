import type { provisioningHostWords } from '@fawkes/backstage-plugin-provisioning-common/rules';

/** What the host on the computer of the portal says, in German. */
export const hostTextsDe: Record<
  keyof typeof provisioningHostWords.texts,
  string
> = {
  'local.runs_code': 'Führt Code auf diesem Rechner aus',
  'local.keeps_only':
    'Hält Repositories auf diesem Rechner; gebaut oder ausgeführt wird hier nichts',
  'local.git': 'git {{version}} hält die Repositories',
  'local.npm': 'npm ist da: Dienste können gebaut werden',
  'local.npm_missing': 'npm fehlt: Hier kann nichts gebaut werden',
  'local.node': 'Node {{version}} führt die Dienste aus',

  'repo.gone':
    'Das Repository ist nicht mehr auf diesem Rechner; bitte die Anfrage abbauen oder es zurücklegen',
  'repo.taken': 'Das Repository {{repository}} gehört zu einer anderen Anfrage',
  'repo.forbidden': 'Das Portal darf nicht nach {{repository}} pushen',
  'repo.refused': 'Das Repository hat den Push abgelehnt: {{said}}',
  'repo.proposed':
    'Das Repository hat anderen Inhalt: Die Dateien warten auf dem Zweig {{branch}} auf eine Prüfung',
  'repo.unknown': 'Der Push wurde unterbrochen; ob er ankam, ist nicht bekannt',
  'repo.unchanged': 'Das Repository enthält diese Dateien schon',
  'repo.continued':
    'Die Dateien wurden schon früher gepusht; Menschen haben seither daran weitergearbeitet',

  'propose.nothing': 'main enthält schon alles davon; es gibt nichts zu prüfen',
  'propose.conflicts_one':
    '{{count}} Datei wartet darauf, dass jemand sie von Hand zusammenführt',
  'propose.conflicts_other':
    '{{count}} Dateien warten darauf, dass jemand sie von Hand zusammenführt',
  'propose.no_base':
    'Was zuletzt geschrieben wurde, ist nicht bekannt; es gibt also nichts zum Vergleichen',

  'propose.too_much':
    'Main enthält mehr, als hier verglichen wird: bitte verkleinern und wiederholen',

  'build.nothing':
    'main von {{repository}} hat keinen Commit, der gebaut werden könnte',
  'build.missing': 'In {{repository}} gibt es keinen Commit {{commit}}',
  'build.red':
    'Commit {{commit}} ist nicht grün: {{step}} ist gescheitert ({{why}}); mehr sagt das Protokoll dieses Schritts',
  'build.off': 'Auf diesem Rechner wird nichts gebaut',

  'deploy.no_release': 'Es gibt kein Release, zu dem man zurückgehen könnte',
  'deploy.not_built': 'Das Release {{release}} wurde hier nie gebaut',
  'deploy.went_back':
    'Release {{release}} wurde nicht gesund ({{why}}); Release {{back}} dient wieder',
  'deploy.failed':
    'Release {{release}} wurde nicht gesund ({{why}}), und davor gibt es keines',
  'deploy.needs_person':
    'Release {{release}} wurde nicht gesund ({{why}}), und nichts dient: bitte sein Protokoll ansehen, dann einen anderen Commit ausbringen',
  'deploy.superseded': 'Ein neueres Deployment ist an seine Stelle getreten',
  'deploy.running_full':
    'Auf diesem Portal laufen {{used}} von {{limit}} Diensten; bitte zuerst einen anhalten: {{holders}}',

  'tell.away':
    'Das Delivery-Plugin antwortet nicht; sobald es antwortet, wird es ihm mitgeteilt: {{said}}',
  'tell.absent':
    'Das Delivery-Plugin ist nicht installiert, daher gibt es keine Lieferzahlen; was geschah, bleibt 30 Tage und wird gemeldet, sobald es da ist',
  'tell.library':
    'Eine Bibliothek wird nicht ausgebracht: Mitgeteilt werden nur ihre Änderungen',

  'entity.missing': '{{path}} ist bei Commit {{commit}} nicht im Repository',
  'entity.too_large': '{{path}} ist größer als {{most}} KiB',
  'entity.not_a_file': '{{path}} ist keine gewöhnliche Datei',
  'entity.unreadable': '{{path}} ist kein YAML: {{message}}',
  'entity.no_entity': 'Dokument {{number}} von {{path}} ist kein Eintrag',
  'entity.kind':
    'Dokument {{number}} von {{path}} hat die Art {{kind}}: In den Katalog kommen nur Component und API dieses Dienstes',
  'entity.name':
    'Dokument {{number}} von {{path}} heißt {{ref}}: Zur Anfrage gehört {{wanted}}',
  'entity.twice':
    'Dokument {{number}} von {{path}} ist das zweite der Art {{kind}}',
  'entity.owner':
    '{{kind}} in {{path}} nennt als Eigentümer {{owner}}: Die Anfrage gehört {{wanted}}',
  'entity.annotation':
    '{{kind}} in {{path}} hat die Annotation {{annotation}}, die allein das Portal setzt',
  'entity.repository':
    '{{kind}} in {{path}} nennt in {{annotation}} ein anderes Repository: Es ist {{wanted}}',
  'entity.techdocs':
    '{{kind}} in {{path}} hat seine Dokumente anderswo: {{annotation}} muss dir:. oder ein Ordner darunter sein',
  'entity.placeholder':
    '{{kind}} in {{path}} hat den Platzhalter {{placeholder}}: Gelesen wird nur $text mit einer Datei dieses Repositorys, in der Definition der API',
  'entity.text':
    '{{kind}} in {{path}}: Die Datei {{file}} hinter $text kann nicht gelesen werden: {{why}}',
  'entity.field': '{{kind}} in {{path}} hat das Feld {{field}}',
  'entity.invalid': '{{kind}} in {{path}} wird abgelehnt: {{message}}',

  'attic.too_large':
    'Das Bundle hat {{megabytes}} MB, mehr als die {{most}} MB, die hier herausgegeben werden: Wer das Portal betreibt, findet es als attic/{{file}} in provisioning.local.directory',

  'service.none':
    'Es gibt kein Release, das starten könnte; bitte zuerst eines ausbringen',
  'service.elsewhere':
    'Repositories und Dienste hält gerade eine andere Instanz dieses Portals; bitte gleich noch einmal fragen',
  'service.off': 'Auf diesem Rechner läuft nichts',
  'merge.none':
    'Es gibt keine Änderung {{revision}}, die zusammengeführt werden könnte',
};
