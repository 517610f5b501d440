using System.Diagnostics;
using System.Text.Json;
using GuestSessions.Architecture.Tests.Reference;
using Json.Schema;
using k8s;
using k8s.Models;
using YamlDotNet.RepresentationModel;

namespace GuestSessions.Architecture.Tests.Kubernetes;

/// <summary>The files for Kubernetes, without a cluster: every object strictly read, and what keeps the service's promises.</summary>
public sealed class KubernetesTests
{
    /// <summary>Seconds that the host gives itself to finish what is in flight.</summary>
    private const int Drain = 30;

    private static readonly string Folder = Path.Combine(Repository.Root, "ops", "kubernetes");

    public static TheoryData<string> Overlays =>
        [.. Directory.GetDirectories(Path.Combine(Folder, "overlays")).Select(static overlay => Path.GetFileName(overlay)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Every_object_is_read_strictly(string overlay)
    {
        var objects = Objects(overlay);

        Assert.True(objects.Count >= 10);
        Assert.Equal(objects.Count, objects.Select(static one => (one.Kind, one.Metadata.Name)).Distinct().Count());
        Assert.Single(objects.Select(static one => one.Metadata.NamespaceProperty).Distinct());
        Assert.DoesNotContain(objects, static one => one is V1Secret);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void A_pod_has_no_rights_that_it_does_not_need(string overlay) => Assert.All(Pods(overlay), static pod =>
    {
        Assert.False(pod.AutomountServiceAccountToken);
        Assert.Equal((true, 1654L, "RuntimeDefault"),
            (pod.SecurityContext.RunAsNonRoot, pod.SecurityContext.RunAsUser, pod.SecurityContext.SeccompProfile.Type));
        var container = Assert.Single(pod.Containers);
        Assert.Equal((false, true),
            (container.SecurityContext.AllowPrivilegeEscalation, container.SecurityContext.ReadOnlyRootFilesystem));
        Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
        Assert.NotNull(container.Resources.Limits["memory"]);
        Assert.Equal(pod.Volumes.Select(static volume => volume.Name).Order(),
            container.VolumeMounts.Select(static mount => mount.Name).Order());
        Assert.DoesNotContain(container.Env ?? [], static variable => variable.ValueFrom?.SecretKeyRef is not null);
        Assert.Contains(':', container.Image);
    });

    [Theory]
    [MemberData(nameof(Overlays))]
    public void A_host_is_asked_for_its_health_drains_in_time_and_is_one_of_several_places(string overlay)
    {
        var hosts = Objects(overlay).OfType<V1Deployment>().Where(static one => one.Metadata.Name is "sessions-silo" or "sessions-api").ToList();
        Assert.Equal(2, hosts.Count);
        Assert.All(hosts, host =>
        {
            var pod = host.Spec.Template.Spec;
            var container = Assert.Single(pod.Containers);
            Assert.Equal(("/health/startup", "/health/live", "/health/ready"),
                (container.StartupProbe.HttpGet.Path, container.LivenessProbe.HttpGet.Path, container.ReadinessProbe.HttpGet.Path));
            Assert.True(pod.TerminationGracePeriodSeconds >= Drain + container.Lifecycle.PreStop.Sleep.Seconds + 5);
            Assert.Equal("0", host.Spec.Strategy.RollingUpdate.MaxUnavailable.Value);
            Assert.All(pod.TopologySpreadConstraints, spread => Assert.Equal(host.Spec.Selector.MatchLabels, spread.LabelSelector.MatchLabels));
            var ports = container.Ports.Select(static port => port.Name).ToHashSet();
            var policy = Objects(overlay).OfType<V1NetworkPolicy>().Single(one => one.Metadata.Name == host.Metadata.Name);
            Assert.Equal(host.Spec.Selector.MatchLabels, policy.Spec.PodSelector.MatchLabels);
            Assert.All(policy.Spec.Ingress.SelectMany(static rule => rule.Ports), port => Assert.Contains(port.Port.Value, ports));
            Assert.Contains(Objects(overlay).OfType<V1PodDisruptionBudget>(),
                budget => budget.Spec.Selector.MatchLabels.SequenceEqual(host.Spec.Selector.MatchLabels));
        });
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void The_settings_are_settings_of_the_service(string overlay)
    {
        var settings = Assert.Single(Objects(overlay).OfType<V1ConfigMap>()).Data["settings.json"];

        using var document = JsonDocument.Parse(settings);

        Assert.True(JsonSchema.FromText(SettingSchema.Write()).Evaluate(document.RootElement).IsValid);
    }

    /// <summary>Where kubectl is at hand: its own result says whether ours is the same.</summary>
    [Theory]
    [MemberData(nameof(Overlays))]
    public void Kubectl_makes_the_same_of_the_folder(string overlay)
    {
        var rendered = Kubectl(overlay);
        Assert.SkipWhen(rendered is null, "kubectl is not installed; the other tests have read every object.");
        var made = Objects(overlay).Select(Form).Order(StringComparer.Ordinal);

        Assert.Equal(KubernetesYaml.LoadAllFromString(rendered!, strict: true).Cast<IKubernetesObject<V1ObjectMeta>>()
            .Select(Form).Order(StringComparer.Ordinal), made);
    }

    private static string Form(IKubernetesObject<V1ObjectMeta> one) => KubernetesJson.Serialize(one);

    private static string? Kubectl(string overlay)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(static folder => File.Exists(Path.Combine(folder, "kubectl"))))
            return null;
        var start = new ProcessStartInfo("kubectl", ["kustomize", Path.Combine(Folder, "overlays", overlay)]) { RedirectStandardOutput = true };
        using var kubectl = Process.Start(start)!;
        var output = kubectl.StandardOutput.ReadToEnd();
        kubectl.WaitForExit();
        Assert.Equal(0, kubectl.ExitCode);
        return output;
    }

    private static IEnumerable<V1PodSpec> Pods(string overlay) => Objects(overlay).Select(static one => one switch
    {
        V1Deployment deployment => deployment.Spec.Template.Spec,
        V1Job job => job.Spec.Template.Spec,
        _ => null,
    }).OfType<V1PodSpec>();

    private static List<IKubernetesObject<V1ObjectMeta>> Objects(string overlay)
    {
        var documents = Kustomization.Build(Path.Combine(Folder, "overlays", overlay)).Select(Kustomization.Write);
        return
        [
            .. KubernetesYaml.LoadAllFromString(string.Join("\n---\n", documents), strict: true)
                .Cast<IKubernetesObject<V1ObjectMeta>>(),
        ];
    }
}
