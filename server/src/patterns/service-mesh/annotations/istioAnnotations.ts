/** How far Istio stands to an annotation. */
export type AnnotationStatus = 'stable' | 'beta' | 'alpha' | 'deprecated';

/** What Istio's reference of resource annotations says of one of them. */
export interface IstioAnnotation {
  readonly status: AnnotationStatus;
  /** The kinds that it is read from; undefined for all. */
  readonly kinds: readonly string[] | undefined;
  /** What to write instead. */
  readonly instead?: string;
}

const POD = ['Pod'];
const WORKLOAD_ENTRY = ['WorkloadEntry'];
const GATEWAY = ['Gateway', 'GatewayClass'];

const names = (text: string): readonly string[] => text.trim().split(/\s+/);

const ALPHA_OF_PODS = [
  ...names(
    'status rewriteAppHTTPProbers proxyImage proxyImageType proxyCPU proxyCPULimit proxyMemory proxyMemoryLimit ' +
      'interceptionMode bootstrapOverride statsHistogramBuckets statsFlushInterval statsEvictionInterval statsHistogramBins ' +
      'userVolume userVolumeMount logLevel componentLogLevel agentLogLevel nativeSidecar enableCoreDump',
  ).map((name) => `sidecar.istio.io/${name}`),
  ...names(
    'includeOutboundIPRanges excludeOutboundIPRanges includeInboundPorts excludeInboundPorts excludeInterfaces ' +
      'includeOutboundPorts excludeOutboundPorts',
  ).map((name) => `traffic.sidecar.istio.io/${name}`),
  ...names('initialDelaySeconds periodSeconds failureThreshold applicationPorts').map(
    (name) => `readiness.status.sidecar.istio.io/${name}`,
  ),
  ...names(
    'status.sidecar.istio.io/port prometheus.istio.io/merge-metrics istio.io/rev inject.istio.io/templates ' +
      'proxy.istio.io/overrides ambient.istio.io/bypass-inbound-capture ambient.istio.io/dns-capture ' +
      'istio.io/reroute-virtual-interfaces',
  ),
];

const OF_PROXY_CONFIG = 'proxyStatsMatcher in proxy.istio.io/config';

/** The annotations of Istio 1.31 and those that older versions had, from Istio's reference of resource annotations. */
export const ISTIO_ANNOTATIONS: ReadonlyMap<string, IstioAnnotation> = new Map<string, IstioAnnotation>([
  ...ALPHA_OF_PODS.map((name): [string, IstioAnnotation] => [name, { status: 'alpha', kinds: POD }]),
  ['proxy.istio.io/config', { status: 'beta', kinds: POD }],
  ['ambient.istio.io/redirection', { status: 'beta', kinds: POD }],
  ['kubernetes.io/ingress.class', { status: 'stable', kinds: ['Ingress'] }],
  ['traffic.istio.io/nodeSelector', { status: 'stable', kinds: ['Service'] }],
  ['networking.istio.io/exportTo', { status: 'alpha', kinds: ['Service'] }],
  ['networking.istio.io/traffic-distribution', { status: 'alpha', kinds: ['Namespace', 'Service', 'ServiceEntry'] }],
  ['istio.io/use-waypoint-canary-weight', { status: 'alpha', kinds: ['Namespace', 'Service', 'ServiceEntry'] }],
  ['istio.io/dry-run', { status: 'alpha', kinds: ['AuthorizationPolicy'] }],
  ['topology.istio.io/controlPlaneClusters', { status: 'alpha', kinds: ['Namespace'] }],
  ['galley.istio.io/analyze-suppress', { status: 'alpha', kinds: undefined }],
  ['gateway.istio.io/controller-version', { status: 'alpha', kinds: undefined }],
  ['ambient.istio.io/waypoint-inbound-binding', { status: 'alpha', kinds: GATEWAY }],
  ['gateway.istio.io/service-account', { status: 'alpha', kinds: GATEWAY }],
  ['gateway.istio.io/name-override', { status: 'alpha', kinds: GATEWAY }],
  ['networking.istio.io/service-type', { status: 'alpha', kinds: GATEWAY }],
  ...names('autoRegistrationGroup workloadController connectedAt disconnectedAt').map(
    (name): [string, IstioAnnotation] => [`istio.io/${name}`, { status: 'alpha', kinds: WORKLOAD_ENTRY }],
  ),
  ...names('chart-owner owner-generation version').map((name): [string, IstioAnnotation] => [
    `install.operator.istio.io/${name}`,
    { status: 'alpha', kinds: undefined },
  ]),
  ['sidecar.istio.io/inject', { status: 'deprecated', kinds: POD, instead: 'the label of the same name' }],
  [
    'sidecar.istio.io/discoveryAddress',
    { status: 'deprecated', kinds: POD, instead: 'discoveryAddress in proxy.istio.io/config' },
  ],
  ['sidecar.istio.io/controlPlaneAuthPolicy', { status: 'deprecated', kinds: POD }],
  ['sidecar.istio.io/statsInclusionPrefixes', { status: 'deprecated', kinds: POD, instead: OF_PROXY_CONFIG }],
  ['sidecar.istio.io/statsInclusionSuffixes', { status: 'deprecated', kinds: POD, instead: OF_PROXY_CONFIG }],
  ['sidecar.istio.io/statsInclusionRegexps', { status: 'deprecated', kinds: POD, instead: OF_PROXY_CONFIG }],
  [
    'sidecar.istio.io/statsCompression',
    { status: 'deprecated', kinds: POD, instead: 'statsCompression in proxy.istio.io/config' },
  ],
  ['sidecar.istio.io/extraStatTags', { status: 'deprecated', kinds: POD, instead: 'a Telemetry' }],
  [
    'traffic.sidecar.istio.io/kubevirtInterfaces',
    { status: 'deprecated', kinds: POD, instead: 'istio.io/reroute-virtual-interfaces' },
  ],
  ['alpha.istio.io/identity', { status: 'deprecated', kinds: POD }],
  ['alpha.istio.io/kubernetes-serviceaccounts', { status: 'deprecated', kinds: ['Service'] }],
  ['alpha.istio.io/canonical-serviceaccounts', { status: 'deprecated', kinds: ['Service'] }],
]);
