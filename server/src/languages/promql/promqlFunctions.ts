/** `vector`: one sample of each series; `range`: those of a stretch of time. */
export type PromqlType = 'scalar' | 'vector' | 'range' | 'string';

export interface PromqlFunction {
  readonly parameters: readonly PromqlType[];
  /** How many of the last parameters may be left out. */
  readonly optional: number;
  /** The last parameter may be repeated. */
  readonly repeats: boolean;
  readonly returns: PromqlType;
}

/** Letters of the table: s(calar), v(ector), r(ange), t(ext); `?` before those that may be left out, `*` repeats. */
const TYPES: Readonly<Record<string, PromqlType>> = { s: 'scalar', v: 'vector', r: 'range', t: 'string' };

/** Parameters and result of the functions of Prometheus, those that an experimental flag turns on included. */
const SIGNATURES: Readonly<Record<string, readonly string[]>> = {
  'v v': [
    ...['abs', 'absent', 'acos', 'acosh', 'asin', 'asinh', 'atan', 'atanh', 'ceil', 'cos', 'cosh', 'deg', 'exp'],
    ...['floor', 'histogram_avg', 'histogram_count', 'histogram_stddev', 'histogram_stdvar', 'histogram_sum', 'ln'],
    ...['log10', 'log2', 'rad', 'sgn', 'sin', 'sinh', 'sort', 'sort_desc', 'sqrt', 'tan', 'tanh', 'timestamp'],
    ...['start_timestamp'],
  ],
  'r v': [
    ...['absent_over_time', 'avg_over_time', 'changes', 'count_over_time', 'delta', 'deriv', 'first_over_time'],
    ...['idelta', 'increase', 'irate', 'last_over_time', 'mad_over_time', 'max_over_time', 'min_over_time'],
    ...['present_over_time', 'rate', 'resets', 'stddev_over_time', 'stdvar_over_time', 'sum_over_time'],
    ...['ts_of_first_over_time', 'ts_of_last_over_time', 'ts_of_max_over_time', 'ts_of_min_over_time'],
  ],
  '?v v': ['day_of_month', 'day_of_week', 'day_of_year', 'days_in_month', 'hour', 'minute', 'month', 'year'],
  'vss v': ['clamp'],
  'vs v': ['clamp_max', 'clamp_min'],
  'v?s v': ['round'],
  'rss v': ['double_exponential_smoothing'],
  'rs v': ['predict_linear'],
  'sr v': ['quantile_over_time'],
  'sv v': ['histogram_quantile'],
  'ssv v': ['histogram_fraction'],
  'v?v v': ['info'],
  'vtttt v': ['label_replace'],
  'vttt* v': ['label_join'],
  'vt* v': ['sort_by_label', 'sort_by_label_desc'],
  'v s': ['scalar'],
  's v': ['vector'],
  ' s': ['pi', 'time', 'start', 'end', 'range', 'step'],
};

export const PROMQL_FUNCTIONS: ReadonlyMap<string, PromqlFunction> = new Map(
  Object.entries(SIGNATURES).flatMap(([signature, names]) => {
    const [parameters, result] = signature.split(' ') as [string, string];
    const letters = parameters.replace(/[?*]/g, '');
    const question = parameters.indexOf('?');
    const called: PromqlFunction = {
      parameters: [...letters].map((letter) => TYPES[letter]!),
      optional: question < 0 ? 0 : letters.length - question,
      repeats: parameters.endsWith('*'),
      returns: TYPES[result]!,
    };
    return names.map((name): [string, PromqlFunction] => [name, called]);
  }),
);

/** Aggregations that take a number or a text before the vector. */
export const AGGREGATION_PARAMETERS: ReadonlyMap<string, PromqlType> = new Map([
  ['topk', 'scalar'],
  ['bottomk', 'scalar'],
  ['limitk', 'scalar'],
  ['limit_ratio', 'scalar'],
  ['quantile', 'scalar'],
  ['count_values', 'string'],
]);
