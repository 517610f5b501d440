using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using GuestSessions.Core.Journal;
using GuestSessions.Core.Lists;
using GuestSessions.Core.Receipts;
using GuestSessions.Core.Sessions;

namespace GuestSessions.Core.Tests.Sessions;

/// <summary>
/// Every session event is applied, listed, audited, shown and searched for, or said not to be: an event that one of them
/// forgot would vanish there without an error.
/// </summary>
public sealed class EveryEventTests
{
    private static readonly Dictionary<string, Action<SessionEvent>> Readers = new()
    {
        ["state"] = static @event => new GuestSession(SessionLimits.Default).Apply(@event),
        ["lists"] = static @event => ListChanges.Of(new GuestSession(SessionLimits.Default), [@event]),
        ["audit"] = static @event => RecordedAct.Of(@event),
        ["receipts"] = static @event => new ReceiptBook().Apply(@event),
        ["search"] = static @event => SearchTerms.Of([@event]),
    };

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_reader_names_every_event(string reader)
    {
        var events = typeof(SessionEvent).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(SessionEvent))).ToList();

        Assert.True(events.Count > 30);
        Assert.Empty(events.Where(type => Forgets(Readers[reader], Sample(type))).Select(static type => type.Name));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_new_event_is_an_error_until_each_reader_names_it(string reader) =>
        Assert.True(Forgets(Readers[reader], new NewEvent()));

    /// <summary>A sample is no part of a life: a reader may refuse it for that, but not because of its type.</summary>
    private static bool Forgets(Action<SessionEvent> reader, SessionEvent @event)
    {
        var fault = Record.Exception(() => reader(@event));
        return fault is UnreachableException && fault.Message.Contains(@event.GetType().Name, StringComparison.Ordinal);
    }

    /// <summary>An event whose members are empty.</summary>
    private static SessionEvent Sample(Type type)
    {
        var constructor = type.GetConstructors().MaxBy(static made => made.GetParameters().Length)!;
        return (SessionEvent)constructor.Invoke([.. constructor.GetParameters().Select(static parameter => Empty(parameter.ParameterType))]);
    }

    private static object? Empty(Type type)
    {
        if (type == typeof(string))
            return "";
        if (type.IsValueType)
            return RuntimeHelpers.GetUninitializedObject(Nullable.GetUnderlyingType(type) ?? type);
        return type.IsInterface ? Array.CreateInstance(type.GetGenericArguments()[0], 0) : RuntimeHelpers.GetUninitializedObject(type);
    }

    private sealed record NewEvent : SessionEvent;
}
