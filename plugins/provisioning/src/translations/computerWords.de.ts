import type { provisioningComputerWords } from '@fawkes/backstage-plugin-provisioning-common/rules';

/** What the computer of the portal can keep and run, in German. */
export const computerTextsDe: Record<
  keyof typeof provisioningComputerWords.texts,
  string
> = {
  'git.missing':
    'Auf diesem Rechner werden keine Repositories gehalten: git fehlt.',
  'git.old':
    'Auf diesem Rechner werden keine Repositories gehalten: git {{version}} ist zu alt, nötig ist {{oldest}} oder neuer.',

  'sandbox.platform':
    'Auf diesem Rechner werden keine Dienste ausgeführt: Auf {{platform}} gibt es nichts, womit sie sich verlässlich beenden lassen. Formulare, Pläne und Downloads gehen.',
  'sandbox.node':
    'Auf diesem Rechner werden keine Dienste ausgeführt: Node {{version}} ist zu alt, nötig ist 22.18 oder neuer.',
  'sandbox.root':
    'Auf diesem Rechner werden keine Dienste ausgeführt: Das Portal läuft als root und hat keinen Weg, sie als jemand anders auszuführen. Bitte bubblewrap installieren oder das Portal unter einem gewöhnlichen Benutzer laufen lassen.',

  'sandbox.bubblewrap':
    'Tests und Dienste laufen in einem eigenen Raum: ohne Netz, ohne andere Dateien dieses Rechners als seine Programme, mit {{scratch}} MiB zum Schreiben. Sie erreichen niemanden als den, der sie aufruft.',
  'sandbox.user':
    'Tests und Dienste laufen unter einem eigenen Benutzer. Sie können lesen, was auf diesem Rechner alle lesen dürfen, seine Prozesse sehen, teilen sich sein Netz und können dieses Portal erreichen. Bubblewrap zu installieren beendet das.',
  'sandbox.none':
    'Tests und Dienste laufen mit allen Rechten des Benutzers, unter dem das Portal läuft: Sie können dessen Dateien lesen, teilen sich das Netz dieses Rechners und können dieses Portal erreichen.',
  'sandbox.why.linux': 'Bubblewrap gibt es nur unter Linux',
  'sandbox.why.missing': 'Bubblewrap fehlt auf dem PATH des Portals',
  'sandbox.why.setpriv':
    'Bubblewrap ist da; das Portal läuft aber als root, und setpriv fehlt, womit es vorher jemand anders würde',
  'sandbox.why.seen':
    'Bubblewrap ist da; das Portal oder sein Ordner liegt aber bei den Programmen dieses Rechners, die darin zu sehen wären',
  'sandbox.why.refused':
    'Bubblewrap ist da; beim Versuch ließ sich aber nichts darin ausführen',
  'sandbox.why.refused_said':
    'Bubblewrap ist da; beim Versuch ließ sich aber nichts darin ausführen. Es sagte: {{said}}',
  'sandbox.processes.limited':
    'Ein Dienst hat höchstens {{most}} Prozesse und Threads.',
  'sandbox.processes.watched':
    'Ein Dienst mit mehr als {{most}} Prozessen wird beendet; für einen Augenblick kann er mehr gehabt haben.',
  'sandbox.limits':
    'Der Speicher jedes Prozesses und die Länge jeder Datei sind begrenzt, der Speicher aller Prozesse zusammen nicht.',
  'sandbox.limits.none':
    'Speicher und Länge von Dateien begrenzt nur, woran Node sich selbst hält.',
  'sandbox.npm': 'npm fehlt: Auf diesem Rechner kann nichts gebaut werden.',
};
