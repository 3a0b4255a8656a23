import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rooms", "0003_formats"),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="dots",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="note",
            name="is_hidden",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="pot",
            name="about",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="dot_votes",
                to="rooms.pot",
            ),
        ),
        migrations.AddField(
            model_name="pot",
            name="kind",
            field=models.CharField(
                choices=[("notes", "Notes"), ("ballot", "Ballot"), ("dots", "Dots")],
                default="notes",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="pot",
            name="last_voter_pk",
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="pot",
            name="voter_count",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="pot",
            name="votes_each",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="Card",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("code_hash", models.CharField(max_length=64)),
                ("is_spent", models.BooleanField(default=False)),
                (
                    "room",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="cards", to="rooms.room"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("room"), models.F("code_hash"), name="a_card_once_in_a_room"
                    )
                ],
            },
        ),
    ]
