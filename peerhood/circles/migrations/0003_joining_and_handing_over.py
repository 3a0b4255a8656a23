import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def words_become_versions(apps, schema_editor):
    """What each circle says today is version 1. Nobody is said to have agreed to it: that was never kept."""
    Circle, Agreement = apps.get_model("circles", "Circle"), apps.get_model("circles", "Agreement")
    circles = Circle.objects.exclude(agreement="").order_by("pk")
    Agreement.objects.bulk_create(
        [
            Agreement(circle=circle, version=1, text=circle.agreement, written_at=circle.created_at)
            for circle in circles.iterator()
            if circle.agreement.strip()
        ],
        batch_size=500,
    )
    # PostgreSQL alters no table that still has foreign keys to check.
    schema_editor.connection.check_constraints()


def latest_version_becomes_words(apps, schema_editor):
    Circle, Agreement = apps.get_model("circles", "Circle"), apps.get_model("circles", "Agreement")
    for agreement in Agreement.objects.order_by("version").iterator():
        Circle.objects.filter(pk=agreement.circle_id).update(agreement=agreement.text)
    schema_editor.connection.check_constraints()


def applications_for_who_waits(apps, schema_editor):
    """Whoever has applied so far said nothing but that they would like to."""
    Application = apps.get_model("circles", "Application")
    waiting = apps.get_model("circles", "Membership").objects.filter(state="applied")
    Application.objects.bulk_create(
        [Application(membership=membership) for membership in waiting.iterator()], batch_size=500
    )
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [
        ("circles", "0002_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Acceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("accepted_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("text", models.TextField(blank=True, max_length=4000, verbose_name="What members agree to")),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["circle", "version"],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("route", models.CharField(blank=True, max_length=160)),
                (
                    "answers",
                    models.JSONField(default=list, help_text="Pairs of a question and what was answered."),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("taken-back", "Taken back"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "afterwards",
                    models.CharField(
                        choices=[
                            ("stay", "I stay as a member."),
                            ("pause", "I take a pause."),
                            ("leave", "I leave the circle."),
                        ],
                        default="stay",
                        max_length=5,
                        verbose_name="And then?",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("offered", "Asked"),
                            ("accepted", "Accepted"),
                            ("declined", "Declined"),
                            ("taken-back", "Taken back"),
                        ],
                        default="offered",
                        max_length=10,
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="House",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "domain",
                    models.CharField(
                        max_length=120,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A(?!-)[a-z0-9-]{1,63}(?<!-)(\\.(?!-)[a-z0-9-]{1,63}(?<!-))+\\Z",
                                "This is not the end of an address, such as example.org.",
                            )
                        ],
                    ),
                ),
            ],
            options={
                "ordering": ["domain"],
            },
        ),
        migrations.CreateModel(
            name="InvitationLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("token_digest", models.CharField(max_length=64, unique=True)),
                ("address_digest", models.CharField(blank=True, max_length=64)),
                ("note", models.CharField(blank=True, max_length=80, verbose_name="A note to yourself")),
                ("most_uses", models.PositiveSmallIntegerField(default=1)),
                ("used_count", models.PositiveSmallIntegerField(default=0)),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(max_length=1000)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="circle",
            name="curious_route",
            field=models.CharField(blank=True, max_length=160, verbose_name="The second way in"),
        ),
        migrations.AddField(
            model_name="circle",
            name="leading_route",
            field=models.CharField(blank=True, max_length=160, verbose_name="The first way in"),
        ),
        migrations.AddField(
            model_name="circle",
            name="questions",
            field=models.JSONField(blank=True, default=list, help_text="Texts, in the order they are asked."),
        ),
        migrations.AddField(
            model_name="membership",
            name="paused_until",
            field=models.DateField(blank=True, null=True, verbose_name="Until"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("paused_until", None), ("state", "paused"), _connector="OR"),
                name="only_a_pause_has_an_end",
            ),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="acceptances",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="agreement",
            name="circle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="agreements", to="circles.circle"
            ),
        ),
        migrations.AddField(
            model_name="acceptance",
            name="agreement",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="acceptances",
                to="circles.agreement",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="applications",
                to="circles.membership",
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="organiser",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="handovers", to="circles.membership"
            ),
        ),
        migrations.AddField(
            model_name="handover",
            name="to",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="handovers_to_me",
                to="circles.membership",
            ),
        ),
        migrations.AddField(
            model_name="house",
            name="circle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="houses", to="circles.circle"
            ),
        ),
        migrations.AddField(
            model_name="invitationlink",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="invitationlink",
            name="circle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="invitation_links",
                to="circles.circle",
            ),
        ),
        migrations.AddField(
            model_name="application",
            name="link",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="applications",
                to="circles.invitationlink",
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="removal",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="removals", to="circles.membership"
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.UniqueConstraint(
                fields=("circle", "version"), name="one_agreement_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="acceptance",
            constraint=models.UniqueConstraint(
                fields=("agreement", "person"), name="one_acceptance_per_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "offered")),
                fields=("organiser",),
                name="one_open_handover_each",
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.CheckConstraint(
                condition=models.Q(("organiser", models.F("to")), _negated=True),
                name="nobody_hands_over_to_themselves",
            ),
        ),
        migrations.AddConstraint(
            model_name="house",
            constraint=models.UniqueConstraint(fields=("circle", "domain"), name="one_house_per_domain"),
        ),
        migrations.AddConstraint(
            model_name="invitationlink",
            constraint=models.CheckConstraint(
                condition=models.Q(("used_count__lte", models.F("most_uses"))), name="no_link_used_too_often"
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "waiting")),
                fields=("membership",),
                name="one_waiting_application_each",
            ),
        ),
        migrations.RunPython(words_become_versions, latest_version_becomes_words),
        migrations.RunPython(applications_for_who_waits, migrations.RunPython.noop),
        migrations.RemoveField(
            model_name="circle",
            name="agreement",
        ),
    ]
