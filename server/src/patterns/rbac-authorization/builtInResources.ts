/** The resources of the built-in API groups, by the name that roles use. */
const BY_GROUP: Readonly<Record<string, readonly string[]>> = {
  '': [
    'bindings',
    'componentstatuses',
    'configmaps',
    'endpoints',
    'events',
    'limitranges',
    'namespaces',
    'nodes',
    'persistentvolumeclaims',
    'persistentvolumes',
    'pods',
    'podtemplates',
    'replicationcontrollers',
    'resourcequotas',
    'secrets',
    'serviceaccounts',
    'services',
    'users',
    'groups',
  ],
  apps: ['controllerrevisions', 'daemonsets', 'deployments', 'replicasets', 'statefulsets'],
  batch: ['cronjobs', 'jobs'],
  autoscaling: ['horizontalpodautoscalers'],
  policy: ['poddisruptionbudgets', 'podsecuritypolicies'],
  'networking.k8s.io': ['ingressclasses', 'ingresses', 'networkpolicies', 'ipaddresses', 'servicecidrs'],
  'rbac.authorization.k8s.io': ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'],
  'storage.k8s.io': [
    'csidrivers',
    'csinodes',
    'csistoragecapacities',
    'storageclasses',
    'volumeattachments',
    'volumeattributesclasses',
  ],
  'coordination.k8s.io': ['leases', 'leasecandidates'],
  'discovery.k8s.io': ['endpointslices'],
  'events.k8s.io': ['events'],
  'admissionregistration.k8s.io': [
    'mutatingwebhookconfigurations',
    'validatingadmissionpolicies',
    'validatingadmissionpolicybindings',
    'validatingwebhookconfigurations',
    'mutatingadmissionpolicies',
    'mutatingadmissionpolicybindings',
  ],
  'apiextensions.k8s.io': ['customresourcedefinitions'],
  'apiregistration.k8s.io': ['apiservices'],
  'authentication.k8s.io': ['tokenreviews', 'selfsubjectreviews', 'uids', 'userextras'],
  'authorization.k8s.io': [
    'localsubjectaccessreviews',
    'selfsubjectaccessreviews',
    'selfsubjectrulesreviews',
    'subjectaccessreviews',
  ],
  'certificates.k8s.io': ['certificatesigningrequests', 'clustertrustbundles', 'podcertificaterequests', 'signers'],
  'scheduling.k8s.io': ['priorityclasses'],
  'node.k8s.io': ['runtimeclasses'],
  'flowcontrol.apiserver.k8s.io': ['flowschemas', 'prioritylevelconfigurations'],
  'metrics.k8s.io': ['nodes', 'pods'],
};

/** Groups that once served what others serve now; old clusters still know them. */
const FORMER: Readonly<Record<string, readonly string[]>> = {
  extensions: [
    'daemonsets',
    'deployments',
    'ingresses',
    'networkpolicies',
    'podsecuritypolicies',
    'replicasets',
    'replicationcontrollers',
  ],
};

/** The group that a plain resource name can only belong to; undefined for names of several groups and for others' resources. */
export function onlyGroupOf(resource: string): string | undefined {
  const groups = Object.keys(BY_GROUP).filter((group) => BY_GROUP[group]!.includes(resource));
  return groups.length === 1 ? groups[0] : undefined;
}

/** Whether a built-in group has, or had, this resource; undefined for groups that are not built in. */
export function hasResource(group: string, resource: string): boolean | undefined {
  const known = BY_GROUP[group] ?? FORMER[group];
  return known?.includes(resource);
}
