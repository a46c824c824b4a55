terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> ${3:6.0}"
    }
  }
}

variable "role_arn" {
  description = "The role with which the state machine calls the services."
  type        = string
}

variable "function_arns" {
  description = "The functions of the steps and of the compensations, by the name of the state."
  type        = map(string)
}

locals {
  # Each try waits longer than the one before, by a random part of the wait.
  retry = [{
    ErrorEquals     = ["States.TaskFailed", "States.Timeout"]
    IntervalSeconds = 2
    BackoffRate     = 2
    MaxAttempts     = 4
    JitterStrategy  = "FULL"
  }]
}

resource "aws_sfn_state_machine" "${1:fulfilment}" {
  name     = "${1:fulfilment}"
  role_arn = var.role_arn

  tracing_configuration {
    enabled = true
  }

  definition = jsonencode({
    StartAt        = "ReserveStock"
    TimeoutSeconds = ${2:3600}

    States = {
      ReserveStock = {
        Type           = "Task"
        Resource       = var.function_arns["ReserveStock"]
        TimeoutSeconds = 60
        Retry          = local.retry
        Catch          = [{ ErrorEquals = ["States.ALL"], ResultPath = "$.failure", Next = "ReleaseStock" }]
        Next           = "ChargePayment"
      }

      ChargePayment = {
        Type           = "Task"
        Resource       = var.function_arns["ChargePayment"]
        TimeoutSeconds = 60
        Retry          = local.retry
        Catch          = [{ ErrorEquals = ["States.ALL"], ResultPath = "$.failure", Next = "RefundPayment" }]
        End            = true
      }

      RefundPayment = {
        Type           = "Task"
        Resource       = var.function_arns["RefundPayment"]
        TimeoutSeconds = 60
        Retry          = local.retry
        Next           = "ReleaseStock"
      }

      ReleaseStock = {
        Type           = "Task"
        Resource       = var.function_arns["ReleaseStock"]
        TimeoutSeconds = 60
        Retry          = local.retry
        Next           = "Undone"
      }

      Undone = {
        Type  = "Fail"
        Error = "Undone"
      }
    }
  })
}
