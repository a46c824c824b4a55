/** What a key takes. `duration` is read as Spring Boot does: `500ms`, `2s`, `PT1S`, or a number of milliseconds. */
export type SpringValue =
  | 'text'
  | 'integer'
  | 'milliseconds'
  | 'duration'
  | 'boolean'
  | 'percentage'
  | readonly string[];

/** A key of Spring Boot or Resilience4j that patterns of the catalog speak of. */
export interface SpringKey {
  /** In kebab case; `*` stands for a name that the user chooses. */
  readonly key: string;
  readonly takes: SpringValue;
  /** What counts where nothing is set. */
  readonly fallback?: string;
  /** One or two sentences. */
  readonly text: string;
}

function key(name: string, takes: SpringValue, text: string, fallback?: string): SpringKey {
  return { key: name, takes, text, ...(fallback !== undefined && { fallback }) };
}

/**
 * Keys whose meaning is known for certain. Every other key may be one of a library or of the application itself, and nothing
 * is said of it.
 */
export const SPRING_KEYS: readonly SpringKey[] = [
  key('spring.application.name', 'text', 'The name of the application, for logs, metrics and registries.'),
  key('spring.profiles.active', 'text', 'The profiles whose documents count, parted by commas.', 'default'),
  key('spring.profiles.include', 'text', 'Profiles that are active as well.'),
  key(
    'spring.config.import',
    'text',
    'Further settings: `configtree:` for a folder of files, `optional:` where they may be missing.',
  ),
  key('spring.config.activate.on-profile', 'text', 'The document counts where this expression of profiles holds.'),
  key(
    'spring.lifecycle.timeout-per-shutdown-phase',
    'duration',
    'The time for requests that still run when the pod is stopped. It has to fit into the grace period.',
    '30s',
  ),
  key(
    'spring.threads.virtual.enabled',
    'boolean',
    'Requests run on virtual threads, which wait without holding a thread of the system.',
    'false',
  ),
  key('spring.datasource.url', 'text', 'The address of the database: `jdbc:postgresql://host:5432/name`.'),
  key('spring.datasource.username', 'text', 'The user of the database.'),
  key(
    'spring.datasource.password',
    'text',
    'The password of the database. It belongs into a Secret, not into this file.',
  ),
  key('spring.datasource.driver-class-name', 'text', 'The driver. The address chooses it where nothing is set.'),
  key('spring.datasource.hikari.maximum-pool-size', 'integer', 'The most connections of the pool, in each pod.', '10'),
  key(
    'spring.datasource.hikari.minimum-idle',
    'integer',
    'Connections that stay open while nobody needs them.',
    'as many as the pool is large',
  ),
  key(
    'spring.datasource.hikari.connection-timeout',
    'milliseconds',
    'How long a thread waits for a free connection. Shorter than any caller waits.',
    '30000',
  ),
  key(
    'spring.datasource.hikari.validation-timeout',
    'milliseconds',
    'How long a connection may take to show that it lives.',
    '5000',
  ),
  key(
    'spring.datasource.hikari.idle-timeout',
    'milliseconds',
    'An idle connection above `minimum-idle` is closed after this time.',
    '600000',
  ),
  key(
    'spring.datasource.hikari.max-lifetime',
    'milliseconds',
    'A connection is closed after this time. Shorter than the database, or what stands between, lets it live.',
    '1800000',
  ),
  key(
    'spring.datasource.hikari.keepalive-time',
    'milliseconds',
    'An idle connection is tried in this interval; 0 never.',
    '0',
  ),
  key(
    'spring.datasource.hikari.leak-detection-threshold',
    'milliseconds',
    'A connection that is held longer is logged as a leak; 0 never.',
    '0',
  ),
  key('spring.datasource.hikari.auto-commit', 'boolean', 'Each statement is a transaction of its own.', 'true'),
  key('spring.datasource.hikari.pool-name', 'text', 'The name of the pool in logs and metrics.'),
  key(
    'spring.r2dbc.url',
    'text',
    'The address of the database for reactive access: `r2dbc:postgresql://host:5432/name`.',
  ),
  key('spring.r2dbc.pool.max-size', 'integer', 'The most connections of the pool, in each pod.', '10'),
  key(
    'spring.r2dbc.pool.max-acquire-time',
    'duration',
    'How long a request waits for a free connection.',
    'without end',
  ),
  key(
    'spring.jpa.open-in-view',
    'boolean',
    'A request keeps its session, and its connection, until the answer is written.',
    'true',
  ),
  key('spring.jpa.show-sql', 'boolean', 'Every statement is printed to the output.', 'false'),
  key(
    'spring.jpa.hibernate.ddl-auto',
    ['none', 'validate', 'update', 'create', 'create-drop', 'create-only', 'drop', 'truncate'],
    'What Hibernate does with the tables at start. With migrations: `validate`.',
    '`none`, for an embedded database `create-drop`',
  ),
  key(
    'spring.sql.init.mode',
    ['always', 'embedded', 'never'],
    'Whether `schema.sql` and `data.sql` run at start.',
    'embedded',
  ),
  key('spring.flyway.enabled', 'boolean', 'Flyway migrates when the application starts, in each pod.', 'true'),
  key('spring.flyway.locations', 'text', 'Where the migrations stand.', 'classpath:db/migration'),
  key(
    'spring.flyway.baseline-on-migrate',
    'boolean',
    'A database that has tables and no history is taken as it is.',
    'false',
  ),
  key(
    'spring.flyway.out-of-order',
    'boolean',
    'A migration of a lower version may run after one of a higher version.',
    'false',
  ),
  key(
    'spring.flyway.validate-on-migrate',
    'boolean',
    'Migrations that have run are compared with their files first.',
    'true',
  ),
  key('spring.flyway.clean-disabled', 'boolean', 'The command that drops everything is refused.', 'true'),
  key('spring.liquibase.enabled', 'boolean', 'Liquibase migrates when the application starts, in each pod.', 'true'),
  key(
    'spring.liquibase.change-log',
    'text',
    'The file that lists the changes.',
    'classpath:db/changelog/db.changelog-master.yaml',
  ),
  key(
    'spring.cache.type',
    ['caffeine', 'couchbase', 'generic', 'hazelcast', 'infinispan', 'cache2k', 'jcache', 'none', 'redis', 'simple'],
    'Where `@Cacheable` keeps its values.',
  ),
  key('spring.cache.redis.time-to-live', 'duration', 'How long a value is kept.', 'without end'),
  key('spring.cache.redis.cache-null-values', 'boolean', 'That nothing was found is kept as well.', 'true'),
  key('spring.data.redis.host', 'text', 'The host of Redis.', 'localhost'),
  key('spring.data.redis.port', 'integer', 'The port of Redis.', '6379'),
  key('spring.data.redis.timeout', 'duration', 'How long an answer of Redis may take.'),
  key('spring.data.redis.connect-timeout', 'duration', 'How long a connection to Redis may take to open.'),
  key('server.port', 'integer', 'The port of the application.', '8080'),
  key(
    'server.shutdown',
    ['graceful', 'immediate'],
    'Whether requests that still run are finished when the pod is stopped.',
    '`graceful` since Spring Boot 3.4',
  ),
  key('server.tomcat.threads.max', 'integer', 'The most requests that are worked on at a time.', '200'),
  key('server.tomcat.max-connections', 'integer', 'The most connections that are open at a time.', '8192'),
  key('server.tomcat.accept-count', 'integer', 'Connections that wait where no more may be open.', '100'),
  key('management.server.port', 'integer', 'The port of health and metrics, where it is another one.'),
  key(
    'management.endpoints.web.exposure.include',
    'text',
    'The endpoints that are answered, parted by commas.',
    'health',
  ),
  key(
    'management.endpoint.health.probes.enabled',
    'boolean',
    'Health has the groups `liveness` and `readiness`, for the probes of Kubernetes.',
    'true in Kubernetes',
  ),
  key(
    'resilience4j.circuitbreaker.instances.*.base-config',
    'text',
    'The configuration that counts where the instance sets nothing.',
    'default',
  ),
  ...['instances', 'configs'].flatMap((owner) => [
    key(
      `resilience4j.circuitbreaker.${owner}.*.sliding-window-type`,
      ['COUNT_BASED', 'TIME_BASED'],
      'Whether the window counts calls or seconds.',
      'COUNT_BASED',
    ),
    key(
      `resilience4j.circuitbreaker.${owner}.*.sliding-window-size`,
      'integer',
      'How many calls, or seconds, are looked at.',
      '100',
    ),
    key(
      `resilience4j.circuitbreaker.${owner}.*.minimum-number-of-calls`,
      'integer',
      'So many calls are needed before anything is decided.',
      '100',
    ),
    key(
      `resilience4j.circuitbreaker.${owner}.*.failure-rate-threshold`,
      'percentage',
      'The breaker opens where so many per cent of the calls failed.',
      '50',
    ),
    key(
      `resilience4j.circuitbreaker.${owner}.*.slow-call-rate-threshold`,
      'percentage',
      'The breaker opens where so many per cent of the calls were slow.',
      '100',
    ),
    key(
      `resilience4j.circuitbreaker.${owner}.*.slow-call-duration-threshold`,
      'duration',
      'A call that lasts longer is slow.',
      '60s',
    ),
    key(
      `resilience4j.circuitbreaker.${owner}.*.wait-duration-in-open-state`,
      'duration',
      'How long every call is refused before some are tried.',
      '60s',
    ),
    key(
      `resilience4j.circuitbreaker.${owner}.*.permitted-number-of-calls-in-half-open-state`,
      'integer',
      'So many calls are tried before it closes or opens again.',
      '10',
    ),
    key(`resilience4j.retry.${owner}.*.max-attempts`, 'integer', 'All tries, the first one included.', '3'),
    key(`resilience4j.retry.${owner}.*.wait-duration`, 'duration', 'The pause before a further try.', '500ms'),
    key(
      `resilience4j.retry.${owner}.*.enable-exponential-backoff`,
      'boolean',
      'Each pause is longer than the one before.',
      'false',
    ),
    key(
      `resilience4j.retry.${owner}.*.enable-randomized-wait`,
      'boolean',
      'Each pause is a little longer or shorter, so that callers do not come back together.',
      'false',
    ),
    key(`resilience4j.bulkhead.${owner}.*.max-concurrent-calls`, 'integer', 'So many calls run at a time.', '25'),
    key(`resilience4j.bulkhead.${owner}.*.max-wait-duration`, 'duration', 'How long a call waits for its turn.', '0'),
    key(
      `resilience4j.thread-pool-bulkhead.${owner}.*.max-thread-pool-size`,
      'integer',
      'The most threads for these calls.',
    ),
    key(
      `resilience4j.thread-pool-bulkhead.${owner}.*.core-thread-pool-size`,
      'integer',
      'The threads that it begins with.',
    ),
    key(
      `resilience4j.thread-pool-bulkhead.${owner}.*.queue-capacity`,
      'integer',
      'Calls that wait for a thread.',
      '100',
    ),
    key(`resilience4j.timelimiter.${owner}.*.timeout-duration`, 'duration', 'The longest time of one call.', '1s'),
    key(
      `resilience4j.timelimiter.${owner}.*.cancel-running-future`,
      'boolean',
      'The call is interrupted when its time is over.',
      'true',
    ),
  ]),
];
