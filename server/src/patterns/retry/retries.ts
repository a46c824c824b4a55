import { readDuration } from '../../rules/parts/duration.ts';
import type { SourceNode } from '../../text/sourceNode.ts';

/** How often a route tries, with Istio's defaults where nothing is written. Times in milliseconds. */
export interface RouteRetries {
  /** Retries after the first try; undefined where a template writes them. */
  readonly attempts: number | undefined;
  /** Undefined where a try may take as long as the whole route. */
  readonly perTry: number | undefined;
  /** The whole time, all tries included; undefined where there is no limit or it is unknown. */
  readonly timeout: number | undefined;
  /** No `retries` block is written: Istio's own policy counts. */
  readonly isDefault: boolean;
}

/** Istio retries twice where nothing is said. */
export const DEFAULT_ATTEMPTS = 2;
/** Before the first retry Istio waits about this long, and before each further one twice as long, with jitter. */
export const DEFAULT_BACKOFF_MILLISECONDS = 25;
export const DEFAULT_CONDITIONS = 'connect-failure,refused-stream,unavailable,cancelled';

/** Reads one `http` item of a VirtualService. A block without `attempts` retries nothing. */
export function readRetries(route: SourceNode): RouteRetries {
  const timeout = readDuration(route.text('timeout'));
  const block = route.find('retries');
  if (!block) {
    const isDefault = route.lacks('retries');
    return { attempts: isDefault ? DEFAULT_ATTEMPTS : undefined, perTry: undefined, timeout, isDefault };
  }
  return {
    attempts: block.number('attempts') ?? (block.lacks('attempts') ? 0 : undefined),
    perTry: readDuration(block.text('perTryTimeout')),
    timeout,
    isDefault: false,
  };
}

/** Reads one rule of an HTTPRoute or GRPCRoute: `retry` and `timeouts`. Without `retry` nothing is repeated. */
export function readGatewayRetries(rule: SourceNode): RouteRetries {
  return {
    attempts: rule.number('retry', 'attempts') ?? (rule.lacks('retry', 'attempts') ? 0 : undefined),
    perTry: readDuration(rule.text('timeouts', 'backendRequest')),
    timeout: readDuration(rule.text('timeouts', 'request')),
    isDefault: false,
  };
}
