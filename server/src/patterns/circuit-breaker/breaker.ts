import { readDuration } from '../../rules/parts/duration.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

/** The settings of one `outlierDetection` with Istio's and Envoy's defaults where nothing is written. Times in milliseconds. */
export interface Breaker {
  readonly node: SourceNode;
  /** Errors in a row that open it; undefined where unknown. 0 switches the counter off. */
  readonly consecutive5xxErrors: number | undefined;
  readonly consecutiveGatewayErrors: number | undefined;
  readonly interval: number | undefined;
  readonly baseEjectionTime: number | undefined;
  readonly maxEjectionPercent: number | undefined;
}

/** Reads an `outlierDetection` block; see Istio's OutlierDetection reference for the defaults. */
export function readBreaker(node: SourceNode): Breaker {
  const number = (field: string, fallback: number) => node.number(field) ?? (node.lacks(field) ? fallback : undefined);
  const duration = (field: string, fallback: number) =>
    readDuration(node.text(field)) ?? (node.lacks(field) ? fallback : undefined);
  return {
    node,
    consecutive5xxErrors: number('consecutive5xxErrors', 5),
    consecutiveGatewayErrors: number('consecutiveGatewayErrors', 0),
    interval: duration('interval', 10_000),
    baseEjectionTime: duration('baseEjectionTime', 30_000),
    maxEjectionPercent: number('maxEjectionPercent', 10),
  };
}
