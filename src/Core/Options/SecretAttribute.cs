namespace GuestSessions.Core.Options;

/// <summary>Marks an option whose value nobody gets to see who reads the settings of a running service.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
