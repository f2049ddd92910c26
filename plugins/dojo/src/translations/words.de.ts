import type { dojoWords } from '@fawkes/backstage-plugin-dojo-common';
import { asMessages } from '@fawkes/kit-contract';

/** What the backend says, in German, by code. */
const texts: Record<keyof typeof dojoWords.texts, string> = {
  'module.not_found': 'Dieses Modul gibt es nicht',
  'lesson.not_found': 'Diese Lektion gibt es in diesem Modul nicht',
  'quiz.not_found': 'Dieses Quiz gibt es nicht',
  'lab.not_found': 'Dieses Labor gibt es in diesem Modul nicht',
  'lab.needs': 'Dieses Labor geht hier nicht: {{needs}}',
  'belt.not_found': 'Diesen Gürtel gibt es nicht',
  'exam.preparation':
    'Dieser Gürtel ist in Vorbereitung; seine Prüfung beginnt später',
  'exam.belt_before': 'Zuerst kommt der Gürtel {{belt}}',
  'exam.passed':
    'Diese Prüfung ist bestanden, und was bestanden ist, bleibt bestanden',
  'exam.wait': 'Die Prüfung kann ab {{until}} wieder versucht werden',
  'exam.labs_closed':
    'Die Labore einer Prüfung sind ab ihrem Beginn sieben Tage offen; bitte zuerst die Prüfung beginnen',
  'credential.not_found': 'Dieses Zertifikat gibt es nicht',
  'revocation.not_found': 'Diesen Vorschlag gibt es nicht',
  'revocation.twice': 'Diese Verleihung zu widerrufen, ist schon vorgeschlagen',
  'revocation.second': 'Das muss ein anderer Mensch bestätigen',
  'revocation.not_yours':
    'Das dürfen nur, wem der Lehrplan gehört und wen dojo.revokers nennt, und nie für sich selbst',
  'mine.none': 'Von dir ist nichts da, was gelöscht werden könnte',
  'mine.guest':
    'Von Gästen bleibt nichts, also gibt es nichts zu wählen oder zu löschen',
  'mine.learner': 'Bekannt als {{person}}, mit einer Kennung des Dojos',
  'mine.opened': 'Lektion {{lesson}} von {{module}} geöffnet',
  'mine.read': 'Lektion {{lesson}} von {{module}} zu Ende gelesen',
  'mine.attempt_open': 'Versuch {{number}} bei {{quiz}}, läuft noch',
  'mine.attempt_exam': 'Versuch {{number}} bei {{quiz}}, beendet',
  'mine.attempt_passed': 'Versuch {{number}} bei {{quiz}}: bestanden',
  'mine.attempt_not_yet': 'Versuch {{number}} bei {{quiz}}: noch nicht',
  'mine.run_passed': 'Ein Durchgang von {{lab}}: bestanden',
  'mine.run_not_yet': 'Ein Durchgang von {{lab}}: nicht bestanden',
  'mine.step_passed': 'Schritt {{step}} von {{lab}}: geschafft, mit Beleg',
  'mine.step_not_yet': 'Schritt {{step}} von {{lab}}: nicht geschafft',
  'mine.claim':
    'Eine Tatsache, die dir dient und sonst niemandem, als Prüfsumme',
  'mine.completion': 'Geschafft: {{module}}, Version {{version}}',
  'mine.counted': 'Etwas, das für Gürtel zählt: {{type}}',
  'mine.award': 'Verliehen: Gürtel {{belt}}',
  'mine.award_revoked': 'Verliehen und widerrufen: Gürtel {{belt}}',
  'mine.credential': 'Zertifikat {{id}}, gültig',
  'mine.credential_revoked': 'Zertifikat {{id}}, widerrufen',
  'mine.revocation':
    'Zwei Menschen widerrufen vielleicht deinen Gürtel {{belt}}, oder haben es getan: {{reason}}',
  'mine.decision': 'Du hast einen Widerruf vorgeschlagen oder bestätigt',
  'mine.message': 'Etwas, das dir gesagt oder für dich gemacht wird: {{kind}}',
  'mine.lock': 'Ein Name, der zwei gleichzeitige Schritte von dir trennt',
  'mine.team': 'Mitgezählt unter den Menschen von {{group}}',
  'mine.look': '{{by}} hat für {{group}} angesehen, was du geschafft hast',
  'mine.looked': 'Du hast angesehen, was jemand in {{group}} geschafft hat',
  'mine.choices': 'Was andere von dir sehen dürfen',
  'mine.erasure': 'Am {{day}} hast du gebeten, gelöscht zu werden',
  'team.not_yours':
    'Ansehen, was die Mitglieder einer Gruppe geschafft haben, darf nur, wer an der Gruppe als Leitung steht',
  'award.not_found':
    'Diese Verleihung gibt es nicht, oder sie gehört jemand anderem',
  'award.not_ready':
    'Das Zertifikat wird gerade gemacht; bitte gleich noch einmal versuchen',
  'run.not_found':
    'Diesen Durchgang gibt es nicht, oder er gehört jemand anderem',
  'run.ended': 'Dieser Durchgang ist beendet; bitte das Labor neu beginnen',
  'run.soon_one':
    'Die Tatsachen wurden eben angesehen; in einer Sekunde geht es wieder',
  'run.soon_other':
    'Die Tatsachen wurden eben angesehen; in {{count}} Sekunden geht es wieder',
  'run.away':
    'Was dieses Labor ansieht, antwortet im Moment nicht; was geschafft ist, bleibt, bitte in ein paar Sekunden noch einmal nachsehen',
  'step.unknown':
    'Diesen Schritt hat das Labor nicht, oder dort wird nichts eingetippt',
  'step.no_visit': 'Dieser Schritt ist nicht mit dem Öffnen einer Seite getan',
  'check.absent':
    'es braucht eine Prüfung der Art {{type}}, die dieses Portal nicht hat',
  'check.taken': 'Das dient schon jemand anderem als Beleg',
  'check.gone':
    'Worum es in diesem Schritt geht, ist nicht mehr da oder dir verborgen; bitte das Labor neu beginnen',
  'check.broken':
    'Dieser Schritt konnte nicht beurteilt werden; das Protokoll des Backends sagt, warum',
  'live.empty': 'Hier steht noch nichts',
  'live.other': 'Das Portal sagt etwas anderes',
  'live.number':
    'Das wird nicht als Prozentzahl gelesen; bitte wie 12,5 schreiben',
  'live.owner': 'Wem gehört {{entity}}?',
  'live.owner_none':
    'es braucht eine Komponente mit Eigentümer, die du sehen darfst',
  'live.change_fail_rate':
    'Wie hoch ist die Fehlerquote von {{entity}} vom {{from}} bis zum {{to}} (dieser Tag zählt nicht mehr; Tage in UTC), in Prozent?',
  'live.rework_rate':
    'Wie hoch ist die Nacharbeitsquote von {{entity}} vom {{from}} bis zum {{to}} (dieser Tag zählt nicht mehr; Tage in UTC), in Prozent?',
  'live.rate_none':
    'es braucht einen Dienst, den du sehen darfst und der in letzter Zeit ausgeliefert wurde',
  'delivery.absent':
    'es braucht das Delivery-Plugin, das nicht installiert ist',
  'deployments.versions':
    '{{have}} von {{need}} Versionen gefunden, die du erfolgreich ausgeliefert hast',
  'provisioning.absent':
    'es braucht das Provisioning-Plugin und seine Übungsdienste, die nicht installiert oder nicht für dich sind',
  'practice.none':
    'Du hast noch keinen Dienst zum Üben; der Link dieses Schritts führt hin',
  'practice.not_ready': 'Dein Dienst {{name}} läuft noch nicht',
  'catalog.none':
    'Du siehst kein {{kind}}, dessen Annotation {{annotation}} gleich {{nonce}} ist',
  'catalog.other': 'Es gibt eines, aber es ist von anderer Art als {{type}}',
  'deployments.few':
    '{{have}} von {{need}} erfolgreichen Deployments von dir gefunden',
  'metric.team': 'es braucht einen Dienst, der einer deiner Gruppen gehört',
  'metric.few': 'Noch nicht genug Deployments ({{have}} von {{need}})',
  'metric.below': 'Es sind {{figure}}; mindestens {{need}} müssen es sein',
  'metric.above': 'Es sind {{figure}}; höchstens {{need}} dürfen es sein',
  'visited.not_yet': 'Die Seite wurde noch nicht von hier aus geöffnet',
  'probe.none':
    'es braucht Adressen, die gefragt werden dürfen; dojo.probe.allow nennt sie',
  'probe.no_address':
    'Das ist keine Adresse, die mit http:// oder https:// beginnt',
  'probe.not_allowed': 'Den Rechner {{host}} fragt dieses Portal nicht',
  'probe.private':
    'Der Rechner {{host}} führt zu einer Adresse, die nicht öffentlich ist, und wird deshalb nicht gefragt',
  'probe.redirect':
    'Die Antwort führt weiter zu einer Adresse, die nicht gefragt wird',
  'probe.silent':
    'Von {{host}} kam innerhalb von {{seconds}} Sekunden keine Antwort',
  'probe.large': 'Die Antwort ist größer als {{kib}} KiB',
  'probe.status': 'Die Antwort hat den Status {{status}} und nicht {{need}}',
  'probe.contains': 'Die Antwort enthält nicht, was sie enthalten muss',
  'attempt.not_found':
    'Diesen Versuch gibt es nicht, oder er gehört jemand anderem',
  'attempt.closed':
    'Dieser Versuch ist beendet; was danach kam, wurde nicht gezählt',
  'attempt.none_left': 'Alle Versuche für dieses Quiz sind verbraucht',
  'attempt.guest':
    'Gäste lesen, und nichts davon bleibt; bitte mit eigenem Namen anmelden, um mitzumachen',
  'quiz.corrective_one':
    'Bitte die Lektion noch einmal öffnen, in der beim letzten Versuch etwas fehlte; dann beginnt das Quiz von neuem',
  'quiz.corrective_other':
    'Bitte die {{count}} Lektionen noch einmal öffnen, in denen beim letzten Versuch etwas fehlte; dann beginnt das Quiz von neuem',
  'answer.unknown_item':
    'Die Antwort nennt eine Frage, die nicht zu diesem Versuch gehört',
  'answer.unknown_option':
    'Die Antwort nennt eine Auswahl, die nicht zu diesem Versuch gehört',
  'answer.twice': 'Die Antwort nennt etwas zweimal',
  'answer.kind': 'Die Antwort ist nicht von der Art, nach der gefragt ist',
  'answer.long': 'Die Antwort ist länger als {{max}} Zeichen',
  'answer.number':
    'Die Antwort wird nicht als Zahl gelesen; bitte wie 1234.5 oder 1 234,5 schreiben',
  'answer.unit': 'Die Antwort braucht eine Einheit, eine von {{units}}',
};

export const wordMessagesDe = asMessages(texts);
