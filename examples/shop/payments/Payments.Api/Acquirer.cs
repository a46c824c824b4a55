using System.Net.Http.Json;

namespace Payments.Api;

/// <summary>The bank that takes the money.</summary>
public sealed class Acquirer(HttpClient http)
{
    public sealed record Answer(string Reference);

    public Task<Answer> CaptureAsync(Charge charge, CancellationToken cancellation) =>
        SendAsync("captures", charge, cancellation);

    public Task<Answer> RefundAsync(Charge charge, CancellationToken cancellation) =>
        SendAsync("refunds", charge, cancellation);

    private async Task<Answer> SendAsync(string path, Charge charge, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = JsonContent.Create(new { charge.OrderId, charge.Cents }),
            Headers = { { "Idempotency-Key", $"{path}-{charge.IdempotencyKey}" } },
        };
        using var response = await http.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Answer>(cancellation)
            ?? throw new HttpRequestException("the acquirer answered with nothing");
    }
}
