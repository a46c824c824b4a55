output "cluster_name" {
  description = "The name of the cluster, for aws eks update-kubeconfig."
  value       = aws_eks_cluster.main.name
}

output "cluster_endpoint" {
  description = "The address of the API server, reached from the company's network."
  value       = aws_eks_cluster.main.endpoint
}

output "ledger_secret_arn" {
  description = "The secret with the ledger's first password, to be copied to Vault."
  value       = aws_db_instance.ledger.master_user_secret[0].secret_arn
}

output "sessions_endpoint" {
  description = "The address of the store of sessions."
  value       = aws_elasticache_replication_group.sessions.primary_endpoint_address
}

output "fulfilment_arn" {
  description = "The state machine that fulfils orders."
  value       = aws_sfn_state_machine.fulfilment.arn
}
