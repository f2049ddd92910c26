import type { provisioningGithubWords } from '@fawkes/backstage-plugin-provisioning-common/rules';

/** What is said of repositories on GitHub, in German. */
export const githubTextsDe: Record<
  keyof typeof provisioningGithubWords.texts,
  string
> = {
  'github.places': 'Ein Repository auf GitHub, in {{owners}}',
  'github.no_places':
    'Es ist keine Organisation auf GitHub gesetzt: Betreiber tragen eine in provisioning.github.allowed ein',
  'github.not_allowed':
    '{{owner}} auf {{server}} gehört nicht zu den Organisationen in provisioning.github.allowed',

  'github.limited':
    'GitHub lässt dieses Portal {{seconds}} s lang nichts mehr fragen; bitte danach neu versuchen. GitHub sagt: {{message}}',
  'github.away': '{{server}} antwortet nicht: {{message}}',
  'github.restless':
    'Auf {{server}} haben andere es immer wieder geändert; bitte neu versuchen, wenn sie fertig sind',
  'github.credentials':
    'Für {{owner}} auf {{server}} gibt es kein Token: {{message}}. Bitte nachsehen, ob die GitHub App dort installiert ist',
  'github.anonymous':
    'Die Integration von {{server}} hat weder eine GitHub App noch ein Token, das für {{owner}} gilt; Betreiber tragen eines in integrations.github ein',
  'github.forbidden':
    'Das Portal darf eines nicht: {{what}} {{target}}. Bitte die Rechte seiner GitHub App ansehen, dann neu versuchen. GitHub sagt: {{message}}',
  'github.refused':
    '{{server}} hat eines abgelehnt ({{what}} {{target}}): {{message}}',

  'github.no_organisation':
    '{{owner}} ist keine Organisation, in der die GitHub App des Portals Repositories anlegen darf. Bitte dort mit dem Recht Administration installieren, dann neu versuchen',
  'github.taken':
    '{{repository}} ist von einem Repository belegt, das nicht unseres ist: {{message}}. Bitte einen anderen Namen wählen',
  'github.moved':
    '{{repository}} wurde verschoben oder umbenannt, und das Portal folgt nicht: {{message}}. Bitte zurückverschieben oder von Hand zu Ende bringen',
  'github.gone':
    '{{repository}} ist nicht da, oder die GitHub App des Portals darf es nicht sehen',
  'github.not_ours':
    'Unter {{repository}} steht ein Repository, das diese Anfrage nicht angelegt hat; es bleibt unberührt',
  'github.left':
    '{{repository}} wurde nicht von dieser Anfrage angelegt und bleibt unberührt',
  'github.archived':
    '{{repository}} ist archiviert: Nichts kann geschrieben werden. Bitte die Archivierung aufheben, dann neu versuchen',
  'github.empty':
    '{{repository}} hat keinen Commit, der geändert werden könnte',
  'github.large':
    '{{repository}} enthält mehr Dateien, als GitHub auf einmal nennt, oder Pfade von mehr als 4.096 Zeichen; bitte von Hand zu Ende bringen',
  'github.other_bytes':
    '{{server}} hat aus dem Gesendeten andere Dateien gemacht; nichts zeigt auf sie',
  'github.proposed':
    '{{repository}} hat eigenen Inhalt: Die Dateien sind als Pull Request #{{number}} vorgeschlagen',
  'github.branch_taken':
    'Den Zweig {{branch}} von {{repository}} hat jemand anders angelegt. Bitte umbenennen oder entfernen, dann neu versuchen',
  'github.no_proposal':
    'Die Dateien sind auf dem Zweig {{branch}} von {{repository}}, und kein Pull Request ließ sich öffnen: {{message}}. Bitte von Hand öffnen, dann neu versuchen',
  'github.nothing_to_propose':
    '{{branch}} hat schon alles, was die Änderung brächte',
  'github.proposal_merged':
    'Pull Request #{{number}} ist schon zusammengeführt',
  'github.proposal_closed':
    'Pull Request #{{number}} hat jemand geschlossen, ohne ihn zusammenzuführen',
  'github.conflicts_one':
    'Pull Request #{{number}} lässt {{count}} Datei, wie Menschen sie schrieben; sein Text nennt sie',
  'github.conflicts_other':
    'Pull Request #{{number}} lässt {{count}} Dateien, wie Menschen sie schrieben; sein Text nennt sie',

  'github.unprotected':
    '{{branch}} ist nicht geschützt: provisioning.github.protection ist false',
  'github.protected_before':
    '{{branch}} ist schon auf andere Weise geschützt; dabei bleibt es',
  'github.protection_stays':
    'Den Schutz von {{branch}} haben Menschen geändert; er bleibt',
  'github.cannot_protect':
    '{{repository}} kann nicht geschützt werden: {{message}}. GitHub bietet es für private Repositories nur in bezahlten Tarifen an, und nur einer App mit dem Recht Administration. Ohne Schutz geht es, wenn provisioning.github.protection auf false steht',

  'github.drift_archived':
    '{{repository}} ist archiviert: Nichts kann gepusht werden',
  'github.drift_branch':
    'Leute haben {{found}} zum Standardzweig gemacht; das Portal schrieb {{branch}}',
  'github.drift_branch_gone':
    'Den Zweig {{branch}} gibt es nicht mehr: Der Katalog liest den Service daraus. Standardzweig ist {{found}}',
  'github.drift_unprotected': 'Der Schutz von {{branch}} wurde aufgehoben',
  'github.drift_protection': 'Der Schutz von {{branch}} wurde geändert',

  'github.ci_unseen':
    'GitHub hat die Pipeline {{file}} noch nicht wahrgenommen; bitte in einigen Minuten neu versuchen',
  'github.ci_forbidden':
    'Für {{owner}} sind Pipelines abgeschaltet: {{message}}. Wem die Organisation gehört, kann sie erlauben; danach bitte neu versuchen',
  'github.ci_stays': 'Die Pipeline lief schon vorher und bleibt, wie sie ist',
  'github.waits_for_merge':
    '{{file}} ist noch nicht auf {{branch}}. Bitte den Pull Request zusammenführen, dann neu versuchen',
  'github.file_missing':
    '{{file}} ist nicht mehr auf {{branch}}. Bitte zurücklegen, dann neu versuchen',

  'github.no_purge':
    '{{repository}} wird nur gelöscht, wo das Abbauen es verlangt; sonst wird es archiviert',
  'github.others':
    '{{repository}} wird nicht gelöscht, weil andere etwas darin hinterlassen haben: {{what}} {{who}}. Abbauen ohne Löschen archiviert es',
  'github.cannot_delete':
    '{{repository}} ließ sich nicht löschen: {{message}}. Vielleicht verbietet es die Organisation; wem sie gehört, kann es von Hand löschen, oder das Abbauen archiviert es',

  'github.entity_elsewhere':
    '{{entity}} steht im Katalog aus {{location}}. Bitte dort entfernen, dann neu versuchen',
  'github.entity_unread':
    '{{target}} ist angemeldet, und der Katalog hat {{entity}} seit einer Minute nicht daraus aufgenommen. Fehler zeigt die Seite der Location; danach bitte neu versuchen',
  'github.entity_stays':
    '{{entity}} steht noch im Katalog, obwohl die Location fort ist; bitte in einer Minute neu versuchen',
  'github.catalog_away': 'Der Katalog antwortet nicht: {{message}}',
  'github.catalog_refused': 'Der Katalog hat es abgelehnt: {{message}}',
};
