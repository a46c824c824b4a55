data "aws_eks_cluster_auth" "main" {
  name = aws_eks_cluster.main.name
}

provider "kubernetes" {
  host                   = aws_eks_cluster.main.endpoint
  cluster_ca_certificate = base64decode(aws_eks_cluster.main.certificate_authority[0].data)
  token                  = data.aws_eks_cluster_auth.main.token
}

provider "helm" {
  kubernetes = {
    host                   = aws_eks_cluster.main.endpoint
    cluster_ca_certificate = base64decode(aws_eks_cluster.main.certificate_authority[0].data)
    token                  = data.aws_eks_cluster_auth.main.token
  }
}

resource "kubernetes_namespace_v1" "argocd" {
  metadata {
    name = "argocd"

    labels = {
      "pod-security.kubernetes.io/enforce"         = "restricted"
      "pod-security.kubernetes.io/enforce-version" = "v1.34"
    }
  }

  depends_on = [aws_eks_node_group.on_demand]
}

# The last thing that Terraform installs: everything else comes from gitops/ by Argo CD.
resource "helm_release" "argocd" {
  name       = "argocd"
  namespace  = kubernetes_namespace_v1.argocd.metadata[0].name
  repository = "https://argoproj.github.io/argo-helm"
  chart      = "argo-cd"
  version    = var.argocd_chart_version
  atomic     = true
  timeout    = 600

  values = [yamlencode({
    redis-ha = {
      enabled = true
    }
    controller = {
      replicas = 1
    }
    server = {
      autoscaling = {
        enabled     = true
        minReplicas = 2
      }
    }
    repoServer = {
      autoscaling = {
        enabled     = true
        minReplicas = 2
      }
    }
    configs = {
      params = {
        # RollingSync of gitops/applications.yaml.
        "applicationsetcontroller.enable.progressive.syncs" = true
      }
    }
  })]
}
