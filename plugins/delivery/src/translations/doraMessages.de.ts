import type { doraMessages } from './doraMessages';

/** The same texts in German; a missing one does not compile. */
export const doraMessagesDe: Record<keyof typeof doraMessages, string> = {
  'page.title': 'Lieferleistung',
  'page.tab.dora': 'DORA-Metriken',
  'page.tab.quality': 'Datenqualität',

  'state.loading': 'Lieferdaten werden geladen',
  'state.updating': 'Die neue Ansicht wird geladen …',
  'state.error.title': 'Die Lieferdaten konnten nicht geladen werden',
  'state.sandbox.badge': 'Sandbox',
  'state.sandbox.text':
    'Einige dieser Fakten stammen aus einer Sandbox-Quelle. Sie zählen nur für diese Komponente.',
  'state.approximate':
    '≈ Mediane und andere Quantile großer Bereiche stammen aus Skizzen und stimmen auf 1 % genau.',
  'state.young':
    'Der erste Fakt ist vom {{date}}: was davor war, ist unbekannt, nicht null.',
  'state.notEnough': 'Zu wenige Daten',
  'state.notEnough.action': 'Was fehlt?',
  'state.empty.title': 'Hier sind noch keine Auslieferungen bekannt',
  'state.empty.text':
    'Sobald Deployments, Commits und Störungen dieser Dienste eintreffen, erscheinen ihre Zahlen hier ohne Neuladen.',
  'state.empty.connect': 'Eine Quelle anschließen',
  'state.empty.widen': 'Alles ansehen',
  'state.empty.guide': 'So senden Sie Ereignisse',

  'filter.title': 'Was gezeigt wird',
  'filter.reset': 'Zurücksetzen',
  'filter.definitions.button': 'Definitionen',
  'filter.definitions.changed': 'Definitionen ({{number}} geändert)',
  'filter.definitions.text':
    'Es gelten die Definitionen von DORA, solange Sie hier nichts ändern.',
  'filter.definitions.unit': 'Eine Änderung ist',
  'filter.definitions.unit.commit': 'ein Commit',
  'filter.definitions.unit.pull_request': 'ein Pull Request',
  'filter.definitions.start': 'Die Durchlaufzeit beginnt mit',
  'filter.definitions.start.committed': 'dem Commit',
  'filter.definitions.start.authored': 'dem Verfassen',
  'filter.definitions.start.pushed': 'dem Push',
  'filter.definitions.start.opened': 'dem Öffnen des Pull Requests',
  'filter.definitions.start.merged': 'dem Merge',
  'filter.definitions.recoveryFrom': 'Die Wiederherstellung beginnt mit',
  'filter.definitions.recoveryFrom.finished': 'dem Ende des Deployments',
  'filter.definitions.recoveryFrom.detected': 'dem Erkennen der Störung',
  'filter.definitions.bands': 'Stufen nach',
  'filter.definitions.bands.2023': 'dem Bericht von 2023',
  'filter.definitions.bands.2021': 'dem Bericht von 2021',
  'filter.definitions.bands.custom': 'unserer eigenen Tabelle',

  'metric.group.throughput': 'Durchsatz',
  'metric.group.throughput.text':
    'Wie schnell Änderungen zu den Nutzern kommen',
  'metric.group.instability': 'Instabilität',
  'metric.group.instability.text': 'Wie oft nachgebessert werden muss',
  'metric.deploymentFrequency': 'Deployments',
  'metric.leadTime': 'Durchlaufzeit',
  'metric.recoveryTime': 'Wiederherstellung',
  'metric.changeFailRate': 'Fehlerquote',
  'metric.reworkRate': 'Nacharbeitsquote',
  'metric.deploymentFrequency.text_one':
    '{{count}} Deployment erreichte die Produktion.',
  'metric.deploymentFrequency.text_other':
    '{{total}} Deployments erreichten die Produktion.',
  'metric.deploymentFrequency.week':
    'In einer typischen Woche gibt es an {{days}} Tagen eines.',
  'metric.leadTime.text_one': 'Aus {{count}} Änderung.',
  'metric.leadTime.text_other':
    'Die Hälfte von {{total}} Änderungen ist in dieser Zeit bei den Nutzern, neun von zehn in {{p90}}.',
  'metric.recoveryTime.text_one': 'Aus {{count}} fehlgeschlagenen Deployment.',
  'metric.recoveryTime.text_other':
    'Die Hälfte von {{total}} fehlgeschlagenen Deployments ist in dieser Zeit behoben, neun von zehn in {{p90}}.',
  'metric.recoveryTime.open_one': '{{count}} ist noch offen.',
  'metric.recoveryTime.open_other': '{{count}} sind noch offen.',
  'metric.changeFailRate.text':
    '{{failed}} von {{total}} Deployments schlugen fehl.',
  'metric.reworkRate.text':
    '{{rework}} von {{total}} Deployments waren ungeplante Reparaturen.',
  'metric.few': 'Nur {{total}}: zu wenige, um etwas über die anderen zu sagen.',
  'metric.approximately': 'etwa {{value}}',
  'metric.showChart': '{{metric}}: {{value}}. Diagramm zeigen',
  'metric.sparkline': '{{metric}} im Verlauf',
  'metric.mttr': 'Mittlere Zeit bis zur Wiederherstellung (alle Störungen)',
  'metric.mttr.text':
    'Im Mittel {{mean}}, in der Mitte {{median}}, über {{total}} Störungen; {{open}} offen. Gezählt wird jede Störung, nicht nur die durch ein Deployment.',

  'band.elite': 'Elite',
  'band.high': 'Hoch',
  'band.medium': 'Mittel',
  'band.low': 'Niedrig',
  'band.table.2023':
    'verbreiteten Schwellenwerten nach dem DORA-Bericht von 2023',
  'band.table.2021':
    'verbreiteten Schwellenwerten nach dem DORA-Bericht von 2021',
  'band.table.custom': 'Schwellenwerten dieser Organisation',
  'band.tooltip':
    'Stufe: {{band}}, nach {{table}}. Seither hat DORA keine Stufen veröffentlicht.',
  'band.tooltipCustom': 'Stufe: {{band}}, nach {{table}}.',

  'trend.period_one': 'am Tag davor',
  'trend.period_other': 'in den {{count}} Tagen davor',
  'trend.duration.better': '{{amount}} schneller als {{period}}',
  'trend.duration.worse': '{{amount}} langsamer als {{period}}',
  'trend.frequency.better': '{{amount}} mehr als {{period}}',
  'trend.frequency.worse': '{{amount}} weniger als {{period}}',
  'trend.rate.better_one': '{{amount}} Punkt besser als {{period}}',
  'trend.rate.better_other': '{{amount}} Punkte besser als {{period}}',
  'trend.rate.worse_one': '{{amount}} Punkt schlechter als {{period}}',
  'trend.rate.worse_other': '{{amount}} Punkte schlechter als {{period}}',
  'trend.noise': '{{change}}: zu wenig, um etwas zu bedeuten',
  'trend.same': 'so wie {{period}}',
  'trend.unknown': 'Nichts zum Vergleichen. {{reason}}',
  'trend.few': 'nur {{total}}: zu wenige zum Vergleichen',
  'trend.word.better': 'besser',
  'trend.word.worse': 'schlechter',
  'trend.word.same': 'keine echte Änderung',
  'trend.word.unknown': 'nichts zum Vergleichen',

  'chart.partial': 'unvollständig',
  'chart.partialNote':
    'Hohl oder schraffiert: vom Zeitraum oder von den neuesten Fakten abgeschnitten ({{labels}}).',
  'chart.clickHint':
    'Klicken Sie in ein Diagramm oder auf eine Zeile seiner Tabelle, um nur diese Zeit anzusehen.',
  'chart.start': 'Beginn',
  'chart.complete': 'Vollständig',
  'chart.complete.yes': 'ja',
  'chart.complete.no': 'nein, abgeschnitten',
  'chart.unknown': 'unbekannt',
  'chart.p50': 'Hälfte',
  'chart.p90': '9 von 10',
  'chart.leadTime': 'Wie lange braucht eine Änderung bis zu den Nutzern?',
  'chart.deploymentFrequency.day': 'Wie viele Deployments pro Tag?',
  'chart.deploymentFrequency.week': 'Wie viele Deployments pro Woche?',
  'chart.deploymentFrequency.month': 'Wie viele Deployments pro Monat?',
  'chart.changeFailRate': 'Welcher Anteil der Deployments schlägt fehl?',
  'chart.recoveryTime': 'Wie lange, bis ein Fehler behoben ist?',
  'chart.reworkRate':
    'Welcher Anteil der Deployments ist ungeplante Reparatur?',
  'chart.section': 'Wie es sich entwickelt hat',
  'chart.now': 'Im ganzen Zeitraum: {{value}}.',

  'stage.title': 'Wo bleibt die Zeit?',
  'stage.summary':
    'Im Mittel dauert eine Änderung {{mean}}. Der längste Teil ist {{stage}} mit {{share}}.',
  'stage.note':
    'Mittelwerte, denn die Mittelwerte der Teile ergeben zusammen das Ganze; Mediane nicht.',
  'stage.none':
    'In diesem Zeitraum erreichte keine Änderung mit bekannten Abschnitten die Produktion.',
  'stage.column': 'Abschnitt',
  'stage.mean': 'Mittelwert',
  'stage.share': 'Anteil',
  'stage.coding': 'Entwicklung',
  'stage.pickup': 'Warten auf Review',
  'stage.review': 'Review',
  'stage.merge': 'Warten in der Merge-Queue',
  'stage.deploy': 'Deployment',

  'table.section': 'Teams und Dienste',
  'table.teams': 'Teams',
  'table.services': 'Dienste',
  'table.team': 'Team',
  'table.service': 'Dienst',
  'table.perWeek': 'Pro Woche',
  'table.sort': 'Sortieren nach',
  'table.empty.team': 'In diesem Bereich besitzt kein Team einen Dienst.',
  'table.empty.service': 'In diesem Bereich gibt es keinen Dienst.',
  'table.more': 'Mehr laden',
  'table.loaded': '{{number}} geladen, es gibt noch mehr.',
  'table.sample': 'Beispiel',
  'table.failed': 'Die Tabelle konnte nicht geladen werden',

  'benchmark.title': 'Wie stehen Sie im Vergleich?',
  'benchmark.summary':
    'Ihr Wert ist {{own}} von 10: {{throughput}} für Durchsatz, {{stability}} für Stabilität.',
  'benchmark.unknown': 'Für einen eigenen Wert gibt es noch zu wenige Daten.',
  'benchmark.partly': 'unbekannt',
  'benchmark.group': 'Verglichen mit DORA {{edition}}, {{group}}.',
  'benchmark.you': 'Sie',
  'benchmark.mean': 'DORA-Mittel',
  'benchmark.metric': 'Metrik',
  'benchmark.deviation': 'Unterschied',
  'benchmark.above': '{{own}}, {{amount}} über dem Mittel von {{mean}}',
  'benchmark.below': '{{own}}, {{amount}} unter dem Mittel von {{mean}}',
  'benchmark.equal': '{{own}}, wie das Mittel von {{mean}}',
  'benchmark.noOwn': 'zu wenige Daten; das Mittel ist {{mean}}',
  'benchmark.edition': 'Ausgabe',
  'benchmark.industry': 'Branche',
  'benchmark.size': 'Größe',
  'benchmark.anySize': 'Jede Größe',
  'benchmark.either':
    'DORA veröffentlicht seine Werte nach Branche oder nach Größe, nicht nach beidem zugleich.',
  'benchmark.meaning.title': 'Was der Wert bedeutet',
  'benchmark.meaning.times':
    'Durchlaufzeit, Wiederherstellung und Häufigkeit fallen in sechs Klassen des DORA Quick Check, von „mehr als sechs Monate“ (0) bis „weniger als eine Stunde“ oder „nach Bedarf“ (10).',
  'benchmark.meaning.rates':
    'Eine Fehler- oder Nacharbeitsquote von 0 % ergibt 10, und je 10 Punkte kosten einen.',
  'benchmark.meaning.overall':
    'Durchsatz und Stabilität sind die Mittelwerte ihrer Metriken, der Gesamtwert das Mittel aller bekannten. Höher ist besser. Der Wert ordnet Sie unter den Antworten einer Umfrage ein; er ist kein Ziel.',
  'benchmark.source': 'Quelle',
  'benchmark.licence': 'Lizenz CC BY 4.0',

  'export.button': 'Exportieren',
  'export.summary': 'Metriken als CSV',
  'export.series': 'Verlauf als CSV',
  'export.table.team': 'Teams als CSV',
  'export.table.service': 'Dienste als CSV',
  'export.json': 'Alles Gezeigte als JSON',
  'export.metric': 'Metrik',
  'export.value': 'Wert',
  'export.unit': 'Einheit',
  'share.button': 'Teilen',
  'share.copied': 'Link kopiert',
  'share.failed': 'Diesen Link kopieren',

  'home.title': 'Meine Dienste',
  'home.empty': 'Sie und Ihre Gruppen besitzen noch keinen Dienst im Katalog.',
  'home.register': 'Ihren Dienst finden',
  'home.leadTime': 'Durchlaufzeit',
  'home.deployments': 'Deployments pro Woche, letzte 30 Tage',
  'home.all_one': 'Seine Lieferleistung',
  'home.all_other': 'Lieferleistung aller {{count}}',
};
