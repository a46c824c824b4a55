/**
 * The namespace to render a chart with that is to be checked: which one a release goes to is not known, and where this name
 * was rendered nothing is concluded.
 */
export const UNKNOWN_NAMESPACE = 'namespace-of-this-release';
