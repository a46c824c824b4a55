var builder = DistributedApplication.CreateBuilder(args);

var server = builder.AddPostgres("postgres")
    .WithImageTag("17.7")
    .WithDataVolume();

// Two databases: what is charged, and the ledger that accounting reads. Each name is the name of a
// connection string in Payments.Api.
var payments = server.AddDatabase("payments");
var ledger = server.AddDatabase("ledger");

var migrations = builder.AddProject<Projects.Payments_Api>("migrations")
    .WithArgs("migrate")
    .WithReference(payments)
    .WithReference(ledger)
    .WaitFor(payments)
    .WaitFor(ledger);

builder.AddProject<Projects.Payments_Api>("api")
    .WithReference(payments)
    .WithReference(ledger)
    .WaitForCompletion(migrations)
    .WithHttpHealthCheck("/readyz");

builder.Build().Run();
