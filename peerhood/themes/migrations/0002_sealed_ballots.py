from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("themes", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="ballot",
            name="is_sealed",
            field=models.BooleanField(default=False),
        ),
    ]
