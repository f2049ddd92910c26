import type { provisioningWords } from '@fawkes/backstage-plugin-provisioning-common/rules';
import { computerTextsDe } from './computerWords.de';
import { coreTextsDe } from './coreWords.de';
import { githubTextsDe } from './githubWords.de';
import { gpuTextsDe } from './gpuWords.de';
import { hostTextsDe } from './hostWords.de';
import { asMessages } from '@fawkes/kit-contract';

/** What the rules say, in German, by code. */
const texts: Record<keyof typeof provisioningWords.texts, string> = {
  'effect.name.reserve': 'Den Namen {{name}} vormerken',
  'effect.name.reserve.undo': 'Der Name wird wieder frei',
  'effect.repo.ensure':
    'Das Repository {{repository}} mit diesen Dateien anlegen',
  'effect.repo.adopt':
    'Das Repository {{repository}} übernehmen, das diese Dateien schon enthält',
  'effect.repo.diverged':
    'Dem Repository {{repository}} diese Dateien vorschlagen; sein Hauptzweig bleibt, wie er ist',
  'effect.repo.ensure.undo.local':
    'Das Repository wird gelöscht; alle Zweige werden 30 Tage aufbewahrt',
  'effect.repo.ensure.undo.github':
    'Das Repository wird archiviert und bleibt lesbar',
  'effect.repo.ensure.undo.adopted':
    'Unser Zweig wird entfernt; das Repository und was Menschen schrieben bleiben',
  'effect.repo.protect': 'Den Hauptzweig von {{repository}} schützen',
  'effect.repo.protect.undo': 'Der Schutz wird aufgehoben',
  'effect.ci.ensure': 'Die Pipeline von {{repository}} laufen lassen',
  'effect.ci.ensure.undo':
    'Die Pipeline wird abgeschaltet; ihre früheren Läufe bleiben',
  'effect.catalog.ensure': '{{entity}} in den Katalog eintragen',
  'effect.catalog.adopt': '{{entity}} behalten; es steht schon im Katalog',
  'effect.catalog.ensure.undo': 'Der Eintrag verlässt den Katalog',
  'effect.catalog.adopt.undo': 'Der Eintrag bleibt im Katalog',
  'effect.build':
    '{{name}} in der Sandbox dieses Rechners installieren und testen',
  'effect.build.undo':
    'Arbeitskopie, Protokolle und gebaute Dokumente werden entfernt',
  'effect.deploy':
    '{{name}} auf diesem Rechner starten und warten, bis der Dienst bereit ist',
  'effect.deploy.rollback':
    'Zu einem früheren Release von {{name}} zurückgehen',
  'effect.deploy.undo':
    'Der Dienst wird angehalten; was er mit Daten getan hat, wird nicht rückgängig gemacht',
  'effect.tell': 'Den Lieferzahlen von {{name}} mitteilen, was getan wurde',
  'effect.tell.undo':
    'Das Mitgeteilte bleibt; dazu kommt, dass der Dienst stillgelegt ist',
  'effect.propose': 'Die Änderung {{repository}} zur Prüfung vorschlagen',
  'effect.propose.undo':
    'Der Vorschlag wird geschlossen; was zusammengeführt wurde, bleibt',
  'effect.service.remove': '{{name}} anhalten und den Port zurückgeben',
  'effect.catalog.remove': '{{entity}} aus dem Katalog nehmen',
  'effect.ci.remove': 'Die Pipeline von {{repository}} abschalten',
  'effect.repo.unprotect': 'Den Schutz von {{repository}} aufheben',
  'effect.repo.remove':
    'Das Repository {{repository}} löschen, nachdem alle Zweige aufbewahrt sind',
  'effect.repo.purge': 'Das Repository {{repository}} endgültig löschen',
  'effect.repo.archive': 'Das Repository {{repository}} archivieren',
  'effect.repo.release':
    'Unseren Zweig aus {{repository}} entfernen und den Rest belassen',
  'effect.retire': 'Anderen mitteilen, dass {{name}} stillgelegt ist',
  'effect.tidy':
    'Arbeitskopien, Dokumente, Protokolle und Git-Passwörter von {{name}} entfernen',
  'effect.name.release': 'Den Namen {{name}} freigeben',
  'effect.undo.none': 'Das ist selbst eine Rücknahme und bleibt',
  'stays.adopted': 'Es war schon vorher da und wird nur losgelassen',
  'stays.keep': 'Es lässt sich nicht zurücknehmen',

  'thing.name': 'Der Name {{name}}',
  'thing.repository': 'Das Repository {{repository}}',
  'thing.protection': 'Der Schutz des Hauptzweigs von {{repository}}',
  'thing.pipeline': 'Die Pipeline von {{repository}}',
  'thing.entity': '{{entity}} im Katalog',
  'thing.build': 'Arbeitskopie, Protokolle und Dokumente von {{name}}',
  'thing.service': 'Der Dienst {{name}} auf diesem Rechner',
  'thing.told': 'Was den Lieferzahlen von {{name}} mitgeteilt wurde',

  'plan.deployed_elsewhere':
    'Dieses Portal bringt den Dienst nicht aus: Das tut Argo CD oder die Pipeline',
  'plan.no_deployer':
    'Hier baut und startet nichts Dienste, also wird er weder gebaut noch gestartet',
  'plan.library': 'Eine Bibliothek wird getestet und gepackt, nie gestartet',
  'plan.waits_for_review':
    'Das Repository hat anderen Inhalt: Was diese Dateien braucht, wartet, bis jemand den Vorschlag zusammenführt',
  'plan.reviewed':
    'Nichts ändert sich, bevor jemand den Vorschlag zusammenführt',
  'plan.repository_unknown':
    'Das Repository war nicht erreichbar: Ob es angelegt oder übernommen wird, zeigt sich erst beim Ausführen',
  'plan.entity_unknown':
    'Der Katalog war nicht erreichbar: Ob es {{entity}} gibt, zeigt sich erst beim Ausführen',
  'plan.address': 'Die Adresse ist erst nach dem Ausführen bekannt',
  'plan.runs_code': 'Baut und führt Code auf diesem Rechner aus',

  'cost.no_card': 'Es gibt keine Preisliste',
  'cost.no_price':
    'Die Preisliste {{version}} nennt keinen Preis für diese Art',
  'cost.elsewhere':
    'Der Dienst läuft anderswo, wo der Preis hier nicht bekannt ist',

  'name.shape':
    'Bitte 3 bis 40 Kleinbuchstaben, Ziffern und Bindestriche; am Anfang ein Buchstabe, am Ende kein Bindestrich',
  'name.reserved': '{{name}} bedeutet für {{where}} etwas anderes',
  'name.taken': '{{name}} ist vergeben; der Name gehört {{owner}}',
  'name.taken_elsewhere': '{{repository}} gibt es schon und gehört nicht uns',
  'name.in_catalog': '{{entity}} steht schon im Katalog',
  'owner.unproven':
    'Laut Katalog gehört {{person}} weder zu {{owner}} noch zu denen, die das Portal betreiben, und während es arbeitet, hält sich das Portal an den Katalog',
  'owner.not_yours':
    'Sie gehören nicht zu {{owner}}; bitte jemanden fragen, der dazugehört',
  'quota.owner':
    '{{owner}} hat {{used}} von {{limit}} Diensten; bitte zuerst einen abbauen',
  'quota.running':
    'Auf diesem Portal laufen {{used}} von {{limit}} Diensten; bitte zuerst einen anhalten',

  'spec.changed': '{{path}}: Aus {{before}} wird {{after}}',
  'spec.added': '{{path}} wird {{after}}',
  'spec.removed': '{{path}} war {{before}} und fehlt jetzt',

  'drift.in_sync': 'Alles ist, wie es zuletzt geschrieben wurde',
  'drift.changed_by_people':
    'Menschen haben es geändert, seit es zuletzt geschrieben wurde',
  'drift.broken': 'Der Dienst braucht es, und es fehlt oder passt nicht mehr',
  'drift.behind_template':
    'Die Vorlage ist von {{from}} auf {{to}} weitergegangen',
  'drift.base_changed':
    'Das Dockerfile baut auf {{found}}; die Vorlage hält {{wanted}} fest',
  'drift.base_unpinned':
    'Das Dockerfile baut auf {{found}}, das kein Digest festhält und sich ungesehen ändern kann; die Vorlage hält {{wanted}} fest',
  'drift.base_behind':
    'Das Dockerfile baut auf {{found}}; die Vorlage ist inzwischen bei {{wanted}}',
  'drift.base_gone':
    'Das Dockerfile baut nicht mehr auf dem, was die Vorlage festhält: {{wanted}}',
  'drift.annotation_changed':
    'In der Annotation {{annotation}} steht {{found}}; geschrieben wurde {{written}}',
  'drift.annotation_gone':
    'Die Annotation {{annotation}} wurde entfernt; geschrieben wurde {{written}}',
  'drift.annotation_behind':
    'In der Annotation {{annotation}} steht {{found}}; die Vorlage ist inzwischen bei {{wanted}}',
  'drift.annotation_new':
    'Die Vorlage hat inzwischen die Annotation {{annotation}}: {{wanted}}',
  'drift.annotation_dropped':
    'Die Vorlage hat die Annotation {{annotation}} inzwischen nicht mehr',
  'drift.unknown': 'Es konnte nicht nachgesehen werden',

  'merge.both_changed': 'Vorlage und Menschen haben dieselben Zeilen geändert',
  'merge.both_added':
    'Vorlage und Menschen haben es mit verschiedenem Inhalt hinzugefügt',
  'merge.removed_by_template':
    'Die Vorlage hat es entfernt, Menschen haben es geändert',
  'merge.removed_by_people':
    'Menschen haben es entfernt, die Vorlage hat es geändert',
  'merge.binary':
    'Vorlage und Menschen haben es geändert, und es ist kein Text',
  'merge.large':
    'Vorlage und Menschen haben es geändert, und es ist zu groß zum Zusammenführen',
  'merge.type':
    'Vorlage und Menschen haben aus dem Pfad etwas Verschiedenes gemacht',

  'who.owner': 'Mitglieder von {{owner}}',
  'who.owner_platform': 'Mitglieder von {{owner}} und die Plattformgruppe',
  'who.owner_requester_platform':
    'Mitglieder von {{owner}}, {{requester}} und die Plattformgruppe',
  'who.requester_platform': '{{requester}} und die Plattformgruppe',
  'who.requester': 'Nur {{requester}}',
  'who.platform': 'Die Plattformgruppe',
  'who.target': 'Mitglieder von {{target}}',
  'who.nobody': 'Niemand bei dem, was zum Üben gemacht ist',
  'denied.role': 'Das steht Ihnen nicht zu',
};

/** What the backend says, in German. */
export const wordMessagesDe = asMessages({
  ...texts,
  ...coreTextsDe,
  ...hostTextsDe,
  ...computerTextsDe,
  ...githubTextsDe,
  ...gpuTextsDe,
});
