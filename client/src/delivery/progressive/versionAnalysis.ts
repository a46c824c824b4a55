/** What was measured of one version over the last minutes. What is undefined could not be measured. */
export interface VersionMeasurement {
  readonly requests: number | undefined;
  readonly failedRequests: number | undefined;
  /** The 95th percentile of the response time. */
  readonly latencyMilliseconds: number | undefined;
}

/** From when on the canary counts as worse than the stable version. */
export interface AnalysisThresholds {
  /** Fewer requests than this to either version say nothing. */
  readonly minimumRequests: number;
  /** How many points of percent the canary's error rate may lie above the other's. */
  readonly errorRatePoints: number;
  /** How many percent longer the canary may take. */
  readonly latencyIncreasePercent: number;
}

/** What the comparison says. Only `passed` lets a canary go on. */
export interface AnalysisVerdict {
  readonly result: 'passed' | 'breached' | 'unknown';
  /** One sentence with the numbers, or with what is not known. */
  readonly reason: string;
}

/** Differences of response times below this are not felt, whatever they are in percent. */
const feltLatencyMilliseconds = 20;

/** Compares two versions over the same time. Pure. A breach that is certain counts even where the rest is not known. */
export function compareVersions(
  stable: VersionMeasurement,
  canary: VersionMeasurement,
  names: { readonly stable: string; readonly canary: string },
  thresholds: AnalysisThresholds,
): AnalysisVerdict {
  const unknown = (reason: string): AnalysisVerdict => ({ result: 'unknown', reason });
  for (const [name, { failedRequests, requests }] of [
    [names.stable, stable],
    [names.canary, canary],
  ] as const) {
    if (!isCount(requests) || !isCount(failedRequests)) return unknown(`The requests to ${name} are not known.`);
    if (requests < Math.max(1, thresholds.minimumRequests)) {
      const count = `${Math.round(requests)} request${Math.round(requests) === 1 ? '' : 's'}`;
      return unknown(`${name} got ${count}; ${thresholds.minimumRequests} are needed to compare.`);
    }
  }
  const rates = [errorPercent(stable), errorPercent(canary)] as const;
  if (rates[1] - rates[0] > thresholds.errorRatePoints) {
    const reason = `${rates[1].toFixed(1)} % of the requests to ${names.canary} failed, ${rates[0].toFixed(1)} % of those to ${names.stable}.`;
    return { result: 'breached', reason };
  }
  const [before, after] = [stable.latencyMilliseconds, canary.latencyMilliseconds];
  if (!isCount(before) || !isCount(after)) return unknown('The response times are not known.');
  const slower = after - before;
  if (slower > feltLatencyMilliseconds && slower > (before * thresholds.latencyIncreasePercent) / 100) {
    const reason = `${names.canary} answers in ${Math.round(after)} ms (95th percentile), ${names.stable} in ${Math.round(before)} ms.`;
    return { result: 'breached', reason };
  }
  const reason = `${names.canary}: ${rates[1].toFixed(1)} % errors, ${Math.round(after)} ms; ${names.stable}: ${rates[0].toFixed(1)} %, ${Math.round(before)} ms.`;
  return { result: 'passed', reason };
}

function errorPercent({ failedRequests = 0, requests = 1 }: VersionMeasurement): number {
  return (failedRequests / requests) * 100;
}

/** Prometheus says NaN and Inf where it divides by nothing. */
function isCount(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value) && value >= 0;
}
