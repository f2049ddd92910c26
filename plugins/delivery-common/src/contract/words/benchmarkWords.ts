/** Whom DORA compares with, as its report of 2025 writes them. */
export const BENCHMARK_WORDS = {
  'benchmark.over.sizes': '{{group}}, all sizes',
  'benchmark.over.industries': '{{group}}, all industries',

  'benchmark.industry.all': 'All industries',
  'benchmark.industry.consumer': 'Retail/Consumer/e-Commerce',
  'benchmark.industry.education': 'Education',
  'benchmark.industry.energy': 'Energy',
  'benchmark.industry.financial_services': 'Financial Services',
  'benchmark.industry.government': 'Government',
  'benchmark.industry.healthcare_pharmaceuticals':
    'Healthcare & Pharmaceuticals',
  'benchmark.industry.industrials_manufacturing': 'Industrials & Manufacturing',
  'benchmark.industry.insurance': 'Insurance',
  'benchmark.industry.media_entertainment': 'Media & Entertainment',
  'benchmark.industry.non_profit': 'Non-profit',
  'benchmark.industry.other': 'Other',
  'benchmark.industry.technology': 'Technology',
  'benchmark.industry.telecommunications': 'Telecommunications',

  'benchmark.size.all': 'All organizations',
  'benchmark.size.fewer_than_00002':
    'Just me - I am a freelancer or sole proprietor',
  'benchmark.size.solo': '1 employee',
  'benchmark.size.fewer_than_010': '2 to 9 employees',
  'benchmark.size.fewer_than_10': '2 to 9 employees',
  'benchmark.size.fewer_than_020': '10 to 19 employees',
  'benchmark.size.fewer_than_100': '20 to 99 employees',
  'benchmark.size.fewer_than_500': '100 to 499 employees',
  'benchmark.size.fewer_than_1000': '500 to 999 employees',
  'benchmark.size.fewer_than_5000': '1,000 to 4,999 employees',
  'benchmark.size.fewer_than_10000': '5,000 to 9,999 employees',
  'benchmark.size.more_than_9999': '10,000 or more employees',
} as const;
