/** Mean and standard deviation. */
export type MeanAndDeviation = readonly [number, number];

/**
 * A row of DORA's tables, as published: rates are raw (1.9 means 19 %, higher
 * is worse), the others are scores of 0..10.
 */
export interface PublishedGroup {
  key: string;
  name: string;
  leadTime: MeanAndDeviation;
  deploymentFrequency: MeanAndDeviation;
  changeFailRate: MeanAndDeviation;
  recoveryTime: MeanAndDeviation;
  /** Not asked in 2024. */
  reworkRate?: MeanAndDeviation;
}
