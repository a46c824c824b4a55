import { gunzipSync } from 'node:zlib';
import type { KubeObject } from '../kubeObject.ts';

/** What is told of one revision of a Helm release. Its values and manifests are never kept: they may hold secrets. */
export interface HelmRelease {
  readonly name: string;
  readonly revision: number;
  /** Helm's own word, such as `deployed` or `superseded`. */
  readonly status: string;
  /** `cart-1.2.0`, empty where the record cannot be read. */
  readonly chart: string;
  readonly appVersion: string;
  /** Helm's own sentence on how the revision came about. */
  readonly said: string;
}

/** The type of the Secrets in which Helm 3 and 4 keep their releases. */
export const HELM_SECRET_TYPE = 'helm.sh/release.v1';

/** A record is small text; what unpacks to more than this is none. */
const LONGEST_RECORD_BYTES = 64 * 1024 * 1024;

interface ReleaseRecord {
  readonly info?: { readonly description?: string; readonly status?: string };
  readonly chart?: { readonly metadata?: { name?: string; version?: string; appVersion?: string } };
}

/** Reads the Secret of a release. Name, revision and status come from its labels, so that an unreadable record does no harm. */
export function helmRelease(secret: KubeObject): HelmRelease {
  const labels = secret.metadata.labels ?? {};
  const record = recordOf(secret);
  const chart = record?.chart?.metadata;
  return {
    name: labels['name'] ?? secret.metadata.name,
    revision: Number(labels['version'] ?? /\.v(\d+)$/.exec(secret.metadata.name)?.[1] ?? 0),
    status: labels['status'] ?? record?.info?.status ?? 'unknown',
    chart: chart?.name ? [chart.name, chart.version].filter(Boolean).join('-') : '',
    appVersion: chart?.appVersion ?? '',
    said: record?.info?.description ?? '',
  };
}

/** The record is JSON in gzip in base64, and the API server's base64 around it; an older Helm left gzip out. */
function recordOf(secret: KubeObject): ReleaseRecord | undefined {
  const written = (secret['data'] as { release?: unknown } | undefined)?.release;
  if (typeof written !== 'string') return undefined;
  try {
    const packed = Buffer.from(Buffer.from(written, 'base64').toString('latin1'), 'base64');
    const isPacked = packed[0] === 0x1f && packed[1] === 0x8b;
    const bytes = isPacked ? gunzipSync(packed, { maxOutputLength: LONGEST_RECORD_BYTES }) : packed;
    const record: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof record === 'object' && record !== null ? record : undefined;
  } catch {
    // Somebody else may write Secrets of this type; the labels still say what they are.
    return undefined;
  }
}
