import type { cabWords } from '@fawkes/backstage-plugin-cab-common';
import { asMessages } from '@fawkes/kit-contract';

/** What the backend says, in German, by code. */
const texts: Record<keyof typeof cabWords.texts, string> = {
  'change.not_found':
    'Es gibt keinen Änderungsantrag „{{id}}“, oder du darfst ihn nicht sehen',
  'entity.not_found':
    'Es gibt kein Element „{{ref}}“, oder du darfst es nicht sehen',
  'entity.no_create':
    'Um eine Änderung an {{ref}} zu beantragen, braucht es die Berechtigung „{{permission}}“; üblicherweise hat sie, wem es gehört',
  'change.twin':
    'Für dasselbe Element, dieselbe Umgebung und denselben Commit gibt es schon einen offenen Antrag: {{id}}',
  ILLEGAL_TRANSITION:
    'Das geht bei einem Antrag nicht, dessen Stand {{state}} ist; sieh ihn dir noch einmal an',
  'change.revision':
    'Inzwischen ist es Fassung {{revision}}; sieh sie dir noch einmal an',
  'change.not_submitter': 'Das darf nur {{submitter}}, von wem der Antrag ist',
  'change.not_owner':
    'Das darf nur {{submitter}}, von wem der Antrag ist, oder wem {{entity}} gehört',
  EVIDENCE_INCOMPLETE:
    'Für {{environment}} (zählt als {{class}}) fehlen Nachweise: {{kinds}}. Hänge sie auf der Seite des Antrags an, oder lass sie eine Pipeline schicken',
  EVIDENCE_ENCODING: 'Die Kodierung wird hier nicht gelesen: {{reason}}',
  EVIDENCE_MALFORMED: 'Das ist nicht wohlgeformt: {{reason}}',
  EVIDENCE_VERSION:
    'Das Format oder seine Version ist hier nicht bekannt: {{reason}}',
  EVIDENCE_SCHEMA: 'Es sagt nicht, was es sagen muss: {{reason}}',
  EVIDENCE_EMPTY: 'Es sagt nichts: {{reason}}',
  EVIDENCE_NOT_RUN: 'Wovon es berichtet, lief nicht zu Ende: {{reason}}',
  EVIDENCE_TOO_COMPLEX: 'Es zu lesen braucht mehr, als erlaubt ist: {{reason}}',
  EVIDENCE_UNREADABLE: 'Es konnte nicht gelesen werden: {{reason}}',
  EVIDENCE_TOOL: 'Das Werkzeug ist keines, das hier zählt: {{reason}}',
  EVIDENCE_SUBJECT: 'Es geht um etwas anderes: {{reason}}',
  EVIDENCE_SIGNATURE: 'Die Unterschrift hält nicht: {{reason}}',
  EVIDENCE_BUILDER: 'Dem Bauwerkzeug wird hier nicht vertraut: {{reason}}',
  EVIDENCE_UNBOUND:
    'Es wurde gelesen, aber niemand steht dafür ein, dass es um diesen Commit geht; lass es die Pipeline des Repositorys schicken, oder unterschreibe es',
  EVIDENCE_TOO_OLD: 'Es ist zu alt: {{reason}}',
  EVIDENCE_TIME: 'Es ist aus der Zukunft: {{reason}}',
  EVIDENCE_FAILED:
    'Nachweise wurden zurückgewiesen: {{kinds}}. Hänge sie neu an, an der Stelle dessen, was zurückgewiesen wurde',
  EVIDENCE_BUSY:
    'Es werden gerade mehr Nachweise gelesen, als auf einmal gehen; schicke sie in ein paar Sekunden noch einmal',
  'evidence.not_found': 'An diesem Antrag gibt es keinen Nachweis „{{id}}“',
  'evidence.too_many':
    'Ein Antrag hat höchstens {{most}} Nachweise; stelle einen anderen',
  'evidence.media_type':
    '{{kind}} wird als {{expected}} gelesen, nicht als {{mediaType}}; sage in Content-Type, was es ist',
  'evidence.bytes_whose':
    'Die Bytes bekommt, wem {{entity}} gehört, wer entscheidet und wer prüft',
  'evidence.bytes_gone':
    'Die Bytes werden nicht mehr aufbewahrt; ihr Hash und was sie sagten schon',
  'ci.token':
    'Schicke das Identitätstoken der Pipeline im Kopf X-CI-Token; etwas anderes zählt hier nicht',
  'ci.refused': 'Das Identitätstoken der Pipeline gilt hier nicht: {{reason}}',
  'ci.commit':
    'Die Pipeline lief auf {{commit}}, und hier geht es um {{headSha}}',
  'ci.which':
    'Sage, für welchen Antrag es ist: changeId, oder entityRef, environment und headSha',
  'ci.no_change':
    'Es gibt keinen solchen Antrag des Repositorys, von dem diese Pipeline ist',
  'change.critical':
    'Ein kritischer Befund steht im Weg; behebe ihn, oder lass eine Ausnahme genehmigen',
  EVIDENCE_CHANGED:
    'Es ist nicht mehr das, was du angesehen hast: Jetzt ist es Fassung {{revision}}. Sieh sie dir an, bevor du abstimmst',
  USER_ONLY:
    'Darüber entscheidet nur ein Mensch, kein Dienst und kein Token für jemanden',
  LINK_ACCOUNT:
    'Der Katalog kennt kein Konto von dir bei einem Git-Anbieter, darum kann niemand wissen, ob du das geschrieben hast. Wer den Katalog pflegt, kann eines eintragen',
  'vote.excluded.author':
    'Du hast sie geschrieben, darum darfst du ihr nicht zustimmen',
  'vote.excluded.committer':
    'Du hast sie eingecheckt, darum darfst du ihr nicht zustimmen',
  'vote.excluded.co_author':
    'Du hast daran mitgeschrieben, darum darfst du ihr nicht zustimmen',
  'vote.excluded.bot_operator':
    'Ein Bot hat sie für dich geschrieben, darum darfst du ihr nicht zustimmen',
  'vote.excluded.submitter':
    'Du hast sie beantragt, darum darfst du ihr nicht zustimmen',
  'vote.excluded.plan_owner':
    'Du verantwortest ihren Plan, darum darfst du ihr nicht zustimmen',
  'vote.excluded.producer':
    'Du hast ihre Nachweise erstellt, darum darfst du ihr nicht zustimmen',
  'vote.excluded.exception_requester':
    'Du hast um ihre Ausnahme gebeten, darum darfst du ihr nicht zustimmen',
  'vote.recused': 'Du hast dich enthalten, und das bleibt so',
  'vote.not_asked': 'Gefragt sind {{pool}}, und du gehörst nicht dazu',
  'vote.taken':
    'Du hast dazu etwas anderes gesagt; nimm das zurück, bevor du neu abstimmst',
  'vote.none': 'Du hast dazu keine Stimme, die sich zurücknehmen ließe',
  'vote.not_now': 'Zurzeit wird niemand gefragt: Der Stand ist {{state}}',
  'vote.after': 'Sie ist schon genehmigt; das Board kann das widerrufen',
  'vote.reason': 'Sag, warum, damit andere etwas damit anfangen können',
  'vote.directory':
    'Der Katalog kann zurzeit nicht gefragt werden, wer du bist; versuch es in ein paar Sekunden noch einmal',
  'revoke.not_board':
    'Eine Genehmigung widerrufen dürfen nur Mitglieder von {{board}} oder {{security}}',
  'model.unknown': 'Es gibt kein Risikomodell „{{version}}“',
  'facts.no_commit':
    'Das Repository kennt keinen Commit {{sha}} ({{reference}}); lade ihn zuerst hoch, denn ohne seine Autoren darf niemand darüber entscheiden',
  'facts.too_many':
    'Zwischen {{sha}} und dem, was dort läuft, liegt mehr, als sich lesen lässt ({{reference}}); darum kann niemand sagen, von wem es ist. Liefere zuerst etwas dazwischen aus',
  'run.no_allow':
    'Das Tor hat diesen Lauf nicht durchgelassen, darum kann er nicht durch {{change}} begonnen haben; frag zuerst am Tor',
  'run.not_started':
    'Kein Lauf von {{change}} hat begonnen; melde zuerst seinen Beginn',
  'run.no_change':
    'Niemand hat beantragt, dass dieser Commit nach {{environment}} geht',
  'run.caller': 'Dieses Token darf nicht für {{entity}} sprechen',
  'ci.not_owner':
    '{{user}} gehört nicht zu {{owner}}, denen {{entity}} gehört; eine Pipeline fragt für jemanden, der dazugehört',
  'review.not_yours':
    'Darauf zurück blicken {{pool}}, und zu denen gehörst du nicht',
  'review.involved':
    'Du warst daran beteiligt, darum blickt jemand anderes darauf zurück',
  'calendar.order': 'to: muss nach from liegen',
  'calendar.long':
    'to: darf höchstens {{days}} Tage nach from liegen; frag den Rest getrennt ab',
  'replay.json': 'Der Inhalt {{reason}} (nach {{at}} Zeichen)',
  'type.emergency_owner':
    'Einen Notfall darf nur ein Mitglied von {{owner}} erklären',
  'void.revision': 'Sie galt für Fassung {{revision}}',
  'void.member': 'Die Person gehört nicht mehr zu denen, die gefragt sind',
  'void.round': 'Seitdem hat eine neue Runde begonnen',
  'exception.not_found':
    'Es gibt keine Ausnahme „{{id}}“, oder du darfst sie nicht sehen',
  'exception.no_request':
    'Um eine Ausnahme für {{ref}} bittet, wer dafür Änderungen beantragen darf; üblicherweise, wem es gehört',
  'exception.period.order': 'Sie muss enden, nachdem sie beginnt',
  'exception.period.past': 'Ihr Ende ist schon vorbei',
  'exception.period.long': 'Sie dauert höchstens {{days}} Tage',
  'exception.twin': 'Dasselbe ist schon erbeten: {{id}}',
  'exception.extended':
    'Sie wurde {{most}}-mal hintereinander verlängert; das ist genug. Leg den Nachweis vor, oder behebe den Befund',
  'exception.not_security':
    'Über Ausnahmen entscheiden nur Mitglieder von {{security}}',
  'exception.own':
    'Du hast darum gebeten, darum entscheidet jemand anderes darüber',
  'exception.author':
    '{{approver}} hat sie gewährt und gehört bei diesem Antrag zur Autorenseite, darum zählt sie hier nicht',
  'exception.decided':
    'Darüber ist schon entschieden: Der Stand ist {{status}}',
  'exception.not_theirs':
    'Beenden darf sie nur {{requester}}, von wem sie erbeten ist, oder ein Mitglied von {{security}}',
  'exception.not_active': 'Sie ist nicht in Kraft: Der Stand ist {{status}}',
  'exception.not_needed':
    'Dieser Antrag braucht sie nicht: Was sie erlässt, ist da, oder was sie ausnimmt, wurde nicht gefunden',
  'exception.other':
    'Sie gilt für {{entity}} in {{environment}} und für nichts anderes',
  'exception.too_many': 'Ein Antrag nutzt höchstens {{most}} Ausnahmen',
  'exception.lapsed': 'Die Ausnahme, die er nutzt, ist vorbei',
  'delegation.not_found': 'Es gibt keine Vertretung „{{id}}“',
  'delegation.self': 'Du stimmst schon selbst ab; nenne jemand anderen',
  'delegation.order':
    'Sie muss enden, nachdem sie beginnt, und nicht schon vorbei sein',
  'delegation.long': 'Sie dauert höchstens {{days}} Tage',
  'delegation.not_board':
    '{{user}} gehört nicht zu {{board}}; wer vertritt und wer vertreten wird, muss dazugehören',
  'delegation.chain':
    '{{user}} wird in dieser Zeit selbst vertreten oder vertritt schon; eine Stimme wird nur einmal weitergegeben',
  'delegation.twin': 'In dieser Zeit vertritt dich schon {{user}}',
  'delegation.not_theirs': 'Beenden dürfen sie nur {{from}} und {{to}}',
  'delegation.over': 'Sie ist vorbei',
  'delegation.none': '{{from}} lässt sich zurzeit nicht von dir vertreten',
  'delegation.author':
    '{{from}} gehört dabei zur Autorenseite ({{duty}}), darum stimmt niemand für sie zu',
  'delegation.from':
    '{{from}} darf darüber nicht entscheiden, darum darf es niemand an ihrer Stelle',
  'void.exception': 'Eine Ausnahme, auf die sie sich stützte, ist vorbei',
  'void.withdrawn': 'Sie wurde zurückgenommen',
  'next.submit': '{{submitter}} reicht sie ein',
  'next.changes':
    '{{submitter}} ändert den Antrag und reicht ihn noch einmal ein',
  'next.votes_one': 'Noch {{count}} Stimme von {{pool}}',
  'next.votes_other': 'Noch {{count}} Stimmen von {{pool}}',
  'next.start': 'Die Pipeline darf sie bis {{until}} starten',
  'next.nothing': 'Es folgt nichts mehr',
  'next.run': 'Die Pipeline beendet, was sie begonnen hat',
  'next.resume': 'Jemand nimmt sie wieder auf',
  'next.review': 'Jemand, der nicht beteiligt war, blickt darauf zurück',
  'gate.NOT_GATED': 'Für {{environment}} wird nichts verlangt',
  'gate.OBSERVED':
    'Änderungen an {{entity}} werden nur beobachtet: Pipelines kommen durch, was auch immer hier entschieden wird',
  'gate.NO_CHANGE':
    'Niemand hat beantragt, dass dieser Commit nach {{environment}} geht; stell zuerst einen Antrag',
  'gate.CALLER': 'Dieses Token darf nicht nach {{entity}} fragen',
  'gate.SERVICE_ONLY': 'Das darf nur das Token einer Pipeline sagen',
  'gate.APPROVED': 'Sie ist genehmigt',
  'gate.WAITING': 'Sie ist noch nicht genehmigt',
  'gate.REJECTED': 'Sie wurde abgelehnt',
  'gate.WITHDRAWN': 'Sie wurde zurückgezogen',
  'gate.REVOKED': 'Ihre Genehmigung wurde widerrufen',
  'gate.EXPIRED': 'Ihre Genehmigung ist abgelaufen; stell einen neuen Antrag',
  'gate.ENDED': 'Sie ist vorbei: {{state}}',
  'gate.FREEZE': 'Während der Sperrzeit {{freezes}} startet nichts',
  'gate.WINDOW': 'Es ist nicht die geplante Zeit',
  'gate.ARTIFACT_UNKNOWN':
    'Produktion wartet auf das, was gebaut wurde: Frag mit dem Digest des Artefakts, und hänge seine Herkunft an, unterschrieben mit einem vertrauten Schlüssel',
  'gate.EXCEPTION':
    'Sie wurde mit einer Ausnahme genehmigt, die vorbei ist: {{what}}',
  'gate.DIGEST': 'Das ist ein anderes Artefakt als das beantragte',
  'gate.VOTERS':
    'Manche, die zugestimmt haben, dürfen das nicht mehr, oder es lässt sich zurzeit nicht feststellen',
  'gate.FACTS_UNREADABLE':
    'Woraus sich das Risiko ergibt, lässt sich zurzeit nicht lesen',
  'gate.RISK_WORSE': 'Das Risiko ist seit der Genehmigung gewachsen',
  'gate.BUSY': 'Dort läuft eine andere Änderung: {{change}}',
  'gate.AWAY': 'Die Datenbank ist nicht erreichbar, darum wird nichts erlaubt',
  'automatic.approved':
    'Die Richtlinie hat sie von selbst genehmigt: Das Risiko ist gering, nichts daran ist unbekannt, und {{reviewers}} hat den Code geprüft',
  'automatic.not.unknown':
    'Das Risiko bräuchte niemanden, doch etwas daran ist unbekannt; darum sieht es sich ein Mensch an',
  'automatic.not.authors':
    'Das Risiko bräuchte niemanden, doch nicht alle, die sie geschrieben haben, sind bekannt; darum sieht es sich ein Mensch an',
  'automatic.not.owner':
    'Das Risiko bräuchte niemanden, doch keine Gruppe besitzt sie; darum sieht es sich ein Mensch an',
  'automatic.not.review':
    'Das Risiko bräuchte niemanden, doch keine Prüfung des Codes zählt; darum sieht es sich ein Mensch an',
  'lever.show_tests': 'Bestandene Tests zeigen',
  'lever.scan': 'Eine Prüfung ohne Befunde zeigen, höchstens 7 Tage alt',
  'lever.size': 'Sie kleiner machen, ohne Schema, Zugriff oder Netz',
  'lever.rehearse_rollback': 'Den Rückweg mit einer Pipeline proben',
  'lever.plan_window': 'Sie in ein Wartungsfenster legen',
  'lever.replace_deprecated': 'Veraltetes ersetzen',
  'lever.do_without_exception': 'Ohne Ausnahme auskommen',
};

export const wordMessagesDe = asMessages(texts);
