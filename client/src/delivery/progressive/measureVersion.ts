import type { VersionMeasurement } from './versionAnalysis.ts';

/** Answers questions in PromQL. */
export interface MetricsSource {
  /** The value of an expression that gives one number; undefined where it gives none. Throws a `Failure`. */
  query(expression: string, signal: AbortSignal): Promise<number | undefined>;
}

/** The workloads of one version, as the standard metrics of Istio name them. */
export interface MeasuredWorkloads {
  readonly namespace: string;
  readonly names: readonly string[];
}

/** gRPC reports these in its own status, under HTTP 200: unknown, deadline, exhausted, unimplemented, internal, unavailable, data loss. */
const FAILED_GRPC = '2|4|8|12|13|14|15';

/**
 * What Istio's standard metrics say of a version over the last `windowSeconds`. Counted is where requests arrive, so that
 * none is counted twice. No series of failures beside a series of requests means that nothing failed.
 */
export async function measureVersion(
  source: MetricsSource,
  workloads: MeasuredWorkloads,
  windowSeconds: number,
  signal: AbortSignal,
): Promise<VersionMeasurement> {
  const nothing = { requests: undefined, failedRequests: undefined, latencyMilliseconds: undefined };
  if (workloads.names.length === 0) return nothing;
  const names = workloads.names.map((name) => name.replaceAll('.', '\\\\.')).join('|');
  const labels = `reporter=~"destination|waypoint",destination_workload_namespace="${workloads.namespace}",destination_workload=~"${names}"`;
  const increase = (more: string): string => `sum(increase(istio_requests_total{${labels}${more}}[${windowSeconds}s]))`;
  const requests = await source.query(increase(''), signal);
  if (requests === undefined) return nothing;
  const [serverErrors, grpcErrors, latency] = await Promise.all([
    source.query(increase(',response_code=~"5..|0"'), signal),
    source.query(increase(`,response_code!~"5..|0",grpc_response_status=~"${FAILED_GRPC}"`), signal),
    source.query(
      `histogram_quantile(0.95, sum by (le) (rate(istio_request_duration_milliseconds_bucket{${labels}}[${windowSeconds}s])))`,
      signal,
    ),
  ]);
  return { requests, failedRequests: (serverErrors ?? 0) + (grpcErrors ?? 0), latencyMilliseconds: latency };
}
