import type { provisioningCoreWords } from '@fawkes/backstage-plugin-provisioning-common/rules';

/** What the backend says of runs, hosts and what to do by hand, in German. */
export const coreTextsDe: Record<
  keyof typeof provisioningCoreWords.texts,
  string
> = {
  'run.rights_gone':
    '{{initiator}} darf das nicht mehr; jemand, der es darf, muss es neu versuchen',
  'run.rights_unknown':
    'Der Katalog sagt nicht, ob {{initiator}} das noch darf; er wird wieder gefragt',
  'run.no_driver':
    'Auf {{host}} gibt es hier nichts, was das tut; bitte die Betreiber des Portals fragen',
  'run.crashed':
    'Das Portal hielt an, während es geschah; es wird nachgesehen, was daraus wurde',
  'run.threw': 'Es wurde begonnen und endete ohne Antwort: {{message}}',
  'run.unreadable': 'Es konnte nicht nachgesehen werden: {{message}}',
  'run.tried_too_often':
    'Es wurde {{attempts}} Mal begonnen und ist doch nicht da',
  'run.cancel_late': 'Eine Minute nach dem Abbrechen war es noch nicht zu Ende',
  'run.cancelled': 'Jemand hat es abgebrochen',
  'run.superseded': 'Ein neueres Deployment trat an seine Stelle',
  'run.not_begun': 'Der Lauf endete davor',

  'name.entity': '{{entity}} steht im Katalog und gehört nicht uns',
  'catalog.not_yet': 'Der Katalog hat es noch nicht aufgenommen',
  'catalog.other': 'Der Katalog hat {{entity}} aus {{location}}',
  'catalog.nothing':
    'In den Dateien steht kein Eintrag, den wir dem Katalog nennen dürfen',

  'host.local.off':
    'Hier abgeschaltet; die Betreiber des Portals schalten es mit provisioning.local.enabled ein',
  'host.local.absent':
    'Dieses Portal kann auf seinem Rechner keine Dienste ausführen',
  'host.none': 'Für {{host}} ist kein Modul installiert',
  paused: 'Es wird nichts Neues angenommen: {{reason}}',

  'denied.state': 'Nicht im Zustand „{{state}}“',
  'denied.busy': 'Nicht, solange ein Lauf im Gange ist',
  'denied.no_service': 'Es gibt keinen Dienst',
  'denied.policy': 'Die Regeln dieses Portals erlauben es nicht',
  'denied.no_offer': 'Niemand hat es angeboten',

  'first.accepted': 'Zuerst angenommen',
  'dependant.entity': '{{entity}} ist davon abhängig',
  'dependant.unknown':
    'Der Katalog war nicht zu erreichen, um zu erfahren, wer davon abhängig ist; bitte noch einmal fragen',

  'byhand.look':
    'Bitte {{where}} ansehen, dann die Anfrage neu versuchen oder abbauen',
  'byhand.retry': 'Bitte die Anfrage öffnen und neu versuchen',
  'byhand.repository':
    'Bitte nach dem Repository {{repository}} sehen und es von Hand entfernen, wenn es unseres ist',
  'byhand.entity':
    'Bitte im Katalog nach {{entity}} sehen und den Eintrag abmelden',
  'byhand.service':
    'Bitte auf dem Rechner des Portals nach einem Prozess von {{name}} sehen und ihn beenden',
  'byhand.pipeline':
    'Bitte nach der Pipeline von {{repository}} sehen und sie abschalten',
  'byhand.local_repository':
    'Bitte den Ordner repositories/{{id}}.git in provisioning.local.directory entfernen: Er ist {{repository}}, und niemand behält eine Kopie',
  'byhand.local_entity':
    '{{entity}} verlässt den Katalog von selbst, wenn die Anfrage abgebaut wird',
  'byhand.local_build':
    'Bitte services/releases/{{id}}, services/logs/{{id}} und checkouts/{{id}} in provisioning.local.directory entfernen',
  'byhand.local_service':
    'Bitte auf dem Rechner des Portals die Prozesse von {{name}} beenden: In ihrer Befehlszeile steht services/releases/{{id}}',
  'byhand.destroy':
    'Bitte die Anfrage noch einmal abbauen: Was schon fort ist, gilt als erledigt',
  'byhand.forget':
    'Wenn nichts mehr da ist oder der Rest bleiben soll: die Anfrage mit einem Grund aufgeben',
  'orphan.forgotten': '{{name}} wurde aufgegeben: {{reason}}',
};
