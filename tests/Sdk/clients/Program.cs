// Each generated client sends an event and reads it back.
using GuestSessions.Clients;

var service = new Uri(args[0]);
Console.WriteLine($"kiota {await WithKiota.SendAndReadAsync(service)}");
Console.WriteLine($"nswag {await WithNSwag.SendAndReadAsync(service)}");
