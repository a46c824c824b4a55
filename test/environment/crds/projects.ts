/** Where the CRDs of one project are found in the Go module that carries them. */
export interface CrdProject {
  /** Module and version, as `go mod download` takes them. */
  readonly module: string;
  /** A file, or a folder whose YAML files are read, in the module. */
  readonly path: string;
}

/**
 * The projects whose CRDs can be had from the Go module proxy, at versions that ask for no newer Go than 1.26.5.
 * Strimzi is written in Java and has no Go module: its CRDs can't be had this way.
 */
export const crdProjects = {
  istio: { module: 'istio.io/api@v1.31.1', path: 'kubernetes/customresourcedefinitions.gen.yaml' },
  'argo-cd': { module: 'github.com/argoproj/argo-cd/v3@v3.5.7', path: 'manifests/crds' },
  'argo-rollouts': { module: 'github.com/argoproj/argo-rollouts@v1.10.1', path: 'manifests/crds' },
  'argo-workflows': { module: 'github.com/argoproj/argo-workflows/v3@v3.7.3', path: 'manifests/base/crds/minimal' },
  'prometheus-operator': {
    module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0',
    path: 'example/prometheus-operator-crd',
  },
  'gateway-api': { module: 'sigs.k8s.io/gateway-api@v1.6.1', path: 'config/crd/standard' },
  keda: { module: 'github.com/kedacore/keda/v2@v2.21.0', path: 'config/crd/bases' },
  'cert-manager': { module: 'github.com/cert-manager/cert-manager@v1.21.2', path: 'deploy/crds' },
  'external-secrets': {
    module: 'github.com/external-secrets/external-secrets@v1.3.2',
    path: 'config/crds/bases',
  },
  'vertical-pod-autoscaler': {
    module: 'k8s.io/autoscaler/vertical-pod-autoscaler@v1.8.1',
    path: 'deploy/vpa-v1-crd-gen.yaml',
  },
  'opentelemetry-operator': {
    module: 'github.com/open-telemetry/opentelemetry-operator@v0.141.0',
    path: 'config/crd/bases',
  },
  'sealed-secrets': { module: 'github.com/bitnami-labs/sealed-secrets@v0.36.0', path: 'helm/sealed-secrets/crds' },
  karpenter: { module: 'sigs.k8s.io/karpenter@v1.14.0', path: 'pkg/apis/crds' },
} as const satisfies Record<string, CrdProject>;

/** The name of a project whose CRDs can be had. */
export type CrdProjectName = keyof typeof crdProjects;

/** All of the names. */
export const crdProjectNames = Object.keys(crdProjects) as CrdProjectName[];
