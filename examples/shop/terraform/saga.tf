locals {
  # Each try waits longer than the one before, by a random part of the wait.
  retry = [{
    ErrorEquals     = ["States.TaskFailed", "States.HeartbeatTimeout"]
    IntervalSeconds = 2
    BackoffRate     = 2
    MaxAttempts     = 4
    MaxDelaySeconds = 60
    JitterStrategy  = "FULL"
  }]
}

# Fulfilment: stock, money, parcel. What fails is undone in reverse order.
resource "aws_sfn_state_machine" "fulfilment" {
  name     = "${local.name}-fulfilment"
  role_arn = aws_iam_role.fulfilment.arn
  type     = "STANDARD"

  logging_configuration {
    level                  = "ALL"
    include_execution_data = true
    log_destination        = "${aws_cloudwatch_log_group.fulfilment.arn}:*"
  }

  tracing_configuration {
    enabled = true
  }

  encryption_configuration {
    type                              = "CUSTOMER_MANAGED_KMS_KEY"
    kms_key_id                        = aws_kms_key.main.arn
    kms_data_key_reuse_period_seconds = 300
  }

  definition = jsonencode({
    Comment        = "Reserve stock, charge, ship; on failure refund and release"
    StartAt        = "ReserveStock"
    TimeoutSeconds = 3600

    States = {
      ReserveStock = {
        Type           = "Task"
        Resource       = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
        TimeoutSeconds = 300
        Parameters = {
          QueueUrl    = aws_sqs_queue.step["reserve-stock"].url
          MessageBody = { "order.$" = "$.order", "token.$" = "$$.Task.Token" }
        }
        ResultPath = "$.stock"
        Retry      = local.retry
        # A reservation that timed out may have been made: releasing what is not reserved does no harm.
        Catch = [{ ErrorEquals = ["States.ALL"], ResultPath = "$.failure", Next = "ReleaseStock" }]
        Next  = "ChargePayment"
      }

      ChargePayment = {
        Type           = "Task"
        Resource       = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
        TimeoutSeconds = 300
        Parameters = {
          QueueUrl    = aws_sqs_queue.step["charge-payment"].url
          MessageBody = { "order.$" = "$.order", "token.$" = "$$.Task.Token" }
        }
        ResultPath = "$.payment"
        Retry      = local.retry
        Catch      = [{ ErrorEquals = ["States.ALL"], ResultPath = "$.failure", Next = "RefundPayment" }]
        Next       = "ShipParcel"
      }

      ShipParcel = {
        Type           = "Task"
        Resource       = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
        TimeoutSeconds = 900
        Parameters = {
          QueueUrl    = aws_sqs_queue.step["ship-parcel"].url
          MessageBody = { "order.$" = "$.order", "token.$" = "$$.Task.Token" }
        }
        ResultPath = "$.parcel"
        Retry      = local.retry
        Catch      = [{ ErrorEquals = ["States.ALL"], ResultPath = "$.failure", Next = "RefundPayment" }]
        Next       = "Fulfilled"
      }

      Fulfilled = {
        Type = "Succeed"
      }

      RefundPayment = {
        Type           = "Task"
        Resource       = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
        TimeoutSeconds = 300
        Parameters = {
          QueueUrl    = aws_sqs_queue.step["refund-payment"].url
          MessageBody = { "order.$" = "$.order", "token.$" = "$$.Task.Token" }
        }
        ResultPath = "$.refund"
        Retry      = local.retry
        Catch      = [{ ErrorEquals = ["States.ALL"], ResultPath = "$.compensation", Next = "NeedsHelp" }]
        Next       = "ReleaseStock"
      }

      ReleaseStock = {
        Type           = "Task"
        Resource       = "arn:aws:states:::sqs:sendMessage.waitForTaskToken"
        TimeoutSeconds = 300
        Parameters = {
          QueueUrl    = aws_sqs_queue.step["release-stock"].url
          MessageBody = { "order.$" = "$.order", "token.$" = "$$.Task.Token" }
        }
        ResultPath = "$.release"
        Retry      = local.retry
        Catch      = [{ ErrorEquals = ["States.ALL"], ResultPath = "$.compensation", Next = "NeedsHelp" }]
        Next       = "Undone"
      }

      Undone = {
        Type  = "Fail"
        Error = "Undone"
        Cause = "A step failed and everything before it was undone"
      }

      NeedsHelp = {
        Type  = "Fail"
        Error = "NotUndone"
        Cause = "A step failed and could not be undone: somebody has to look"
      }
    }
  })
}

resource "aws_cloudwatch_log_group" "fulfilment" {
  name              = "/aws/vendedlogs/states/${local.name}-fulfilment"
  retention_in_days = 365
  kms_key_id        = aws_kms_key.main.arn
}

resource "aws_iam_role" "fulfilment" {
  name               = "${local.name}-fulfilment"
  assume_role_policy = data.aws_iam_policy_document.fulfilment_trust.json
}

data "aws_iam_policy_document" "fulfilment_trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["states.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_iam_role_policy" "fulfilment" {
  name   = "send-steps"
  role   = aws_iam_role.fulfilment.id
  policy = data.aws_iam_policy_document.fulfilment.json
}

data "aws_iam_policy_document" "fulfilment" {
  # checkov:skip=CKV_AWS_111:The log delivery and tracing calls know no resource.
  # checkov:skip=CKV_AWS_356:The log delivery and tracing calls know no resource.
  statement {
    sid       = "Steps"
    actions   = ["sqs:SendMessage"]
    resources = [for queue in aws_sqs_queue.step : queue.arn]
  }

  statement {
    sid       = "Encryption"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [aws_kms_key.main.arn]
  }

  statement {
    sid = "LogsAndTraces"
    actions = [
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]
    resources = ["*"]
  }
}
