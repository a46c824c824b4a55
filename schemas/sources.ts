import type { BundledPackage } from '../server/src/schema/schemaBundle.ts';

/** A package whose machine-made validators and declarations become schemas. Versions are those of package.json. */
export type SchemaPackage = Omit<BundledPackage, 'version'> & { readonly licence: string };

/**
 * The packages of the bundle. All are generated from upstream's own OpenAPI documents or custom resource definitions by
 * the kubernetes-models project; nothing of them is committed here.
 */
export const SCHEMA_PACKAGES: readonly SchemaPackage[] = [
  { name: '@kubernetes-models/apimachinery', upstream: 'Kubernetes 1.36', licence: 'MIT', builtIn: true },
  { name: 'kubernetes-models', upstream: 'Kubernetes 1.36', licence: 'MIT', builtIn: true },
  { name: '@kubernetes-models/istio', upstream: 'Istio 1.29.2', licence: 'MIT' },
  { name: '@kubernetes-models/argo-cd', upstream: 'Argo CD 3.3.9', licence: 'MIT' },
  { name: '@kubernetes-models/argo-rollouts', upstream: 'Argo Rollouts 1.9.0', licence: 'MIT' },
  { name: '@kubernetes-models/argo-workflows', upstream: 'Argo Workflows 4.0.5', licence: 'MIT' },
  { name: '@kubernetes-models/autoscaler', upstream: 'Vertical Pod Autoscaler 1.6.0', licence: 'MIT' },
  { name: '@kubernetes-models/cert-manager', upstream: 'cert-manager 1.20.2', licence: 'MIT' },
  { name: '@kubernetes-models/external-secrets', upstream: 'External Secrets 0.16.2', licence: 'MIT' },
  { name: '@kubernetes-models/gateway-api', upstream: 'Gateway API 1.5.1', licence: 'MIT' },
  { name: '@kubernetes-models/karpenter', upstream: 'Karpenter 1.12', licence: 'MIT' },
  { name: '@kubernetes-models/keda', upstream: 'KEDA 2.19.0', licence: 'MIT' },
  { name: '@kubernetes-models/prometheus-operator', upstream: 'Prometheus Operator 0.91.0', licence: 'MIT' },
  { name: '@kubernetes-models/sealed-secrets', upstream: 'Sealed Secrets', licence: 'MIT' },
  { name: '@kubernetes-models/strimzi-kafka-operator', upstream: 'Strimzi 1.0.0 and 0.49.0', licence: 'MIT' },
];
