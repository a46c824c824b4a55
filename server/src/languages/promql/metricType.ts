/** The four types that applications publish; `buckets` and `sum or count` are the series of a histogram or summary. */
export type MetricType = 'counter' | 'gauge' | 'buckets' | 'sum or count';

/** Gauges that everybody knows by the exporters that come with every cluster and language. */
const GAUGES = [
  /^up$/,
  /^kube_(?!.*_total$)/,
  /^machine_/,
  /^node_(?:load\d+|memory_\w+_bytes|filesystem_\w+_bytes|filesystem_files\w*|boot_time_seconds|time_seconds)$/,
  /^process_(?:resident_memory|virtual_memory)_bytes$/,
  /^process_(?:open|max)_fds$/,
  /^process_start_time_seconds$/,
  /^go_(?:goroutines|threads|memstats_(?!.*_total$)\w+_bytes)$/,
  /^container_memory_(?:usage_bytes|working_set_bytes|rss|cache|swap)$/,
  /^container_spec_/,
  /^jvm_memory_(?:used|committed|max)_bytes$/,
  /^jvm_threads_(?:live|daemon|peak|states)_threads$/,
  /^hikaricp_connections(?:_active|_idle|_max|_min|_pending)?$/,
  /^kafka_consumergroup_lag$/,
  /^redis_(?:connected_clients|memory_used_bytes|memory_max_bytes|blocked_clients)$/,
  /^pg_stat_activity_count$/,
  /^pg_up$/,
  /^[a-zA-Z0-9_]+_info$/,
];

/** Names that end like counters although their exporters set them to any value. */
const NO_COUNTERS =
  /^(?:kube_\w+_status_\w+|redis_db_keys|nginx_connections|elasticsearch_\w+|mongodb_\w+|aws_\w+|confluent_\w+)_total$/;

/**
 * The type of a metric, where its name leaves no doubt: by the suffixes that Prometheus' conventions reserve, and by the
 * names of common exporters.
 */
export function metricTypeOf(name: string): MetricType | undefined {
  if (name.includes(':')) return /:(?:i?rate|increase)\d+[smhd]$/.test(name) ? 'gauge' : undefined;
  if (GAUGES.some((gauge) => gauge.test(name))) return 'gauge';
  if (name.endsWith('_bucket')) return 'buckets';
  if (/_total$/.test(name) && (!NO_COUNTERS.test(name) || name === 'kube_pod_container_status_restarts_total'))
    return 'counter';
  if (/_(?:sum|count)$/.test(name)) return 'sum or count';
  return undefined;
}
