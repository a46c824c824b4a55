/** The operator's kinds for what asks, evaluates and tells. */
export const PROMETHEUS = 'monitoring.coreos.com/Prometheus';
export const THANOS_RULER = 'monitoring.coreos.com/ThanosRuler';
export const ALERTMANAGER = 'monitoring.coreos.com/Alertmanager';
export const ALERTMANAGER_CONFIG = 'monitoring.coreos.com/AlertmanagerConfig';
