"""Entries, and beside them the database's own full text index, which follows the table by itself.

SQLite: an FTS5 table over the entries, kept by triggers. PostgreSQL: a generated column of
lexemes with a GIN index. A later migration that remakes ``search_entry`` on SQLite drops the
triggers with it, and makes them again (``follow``).
"""

from django.db import migrations, models

SQLITE = [
    """CREATE VIRTUAL TABLE search_index USING fts5(title, words, marks, content='search_entry', content_rowid='id',
        tokenize="ascii tokenchars '_'", detail='column', prefix='1 2 3')""",
    """CREATE TRIGGER search_entry_put AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_index (rowid, title, words, marks) VALUES (new.id, new.title, new.words, new.marks); END""",
    """CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, title, words, marks)
        VALUES ('delete', old.id, old.title, old.words, old.marks); END""",
    """CREATE TRIGGER search_entry_changed AFTER UPDATE ON search_entry BEGIN
        INSERT INTO search_index (search_index, rowid, title, words, marks)
        VALUES ('delete', old.id, old.title, old.words, old.marks);
        INSERT INTO search_index (rowid, title, words, marks) VALUES (new.id, new.title, new.words, new.marks); END""",
]
POSTGRESQL = [
    # Our own words as lexemes, as they are: no dictionary, no stop words, no parser that sees addresses in them.
    """ALTER TABLE search_entry ADD COLUMN lexemes tsvector GENERATED ALWAYS AS (array_to_tsvector(
        string_to_array(marks || ' t_' || replace(title, ' ', ' t_') || ' w_' || replace(words, ' ', ' w_'), ' ')
    )) STORED""",
    # Without a waiting list, which every search would have to read through.
    "CREATE INDEX search_lexemes ON search_entry USING gin (lexemes) WITH (fastupdate = off)",
    # Titles in the order of their letters, whatever language the database was made in.
    'CREATE INDEX search_titles ON search_entry (kind, title COLLATE "C", object_id)',
]


def follow(apps, schema_editor):
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def let_go(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TABLE search_index")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20)),
                ("object_id", models.BigIntegerField()),
                ("title", models.TextField()),
                ("words", models.TextField()),
                ("marks", models.TextField()),
            ],
            options={
                "verbose_name_plural": "entries",
                "indexes": [
                    models.Index(fields=["kind", "object_id"], name="entries_of_one_thing"),
                    models.Index(fields=["kind", "title", "object_id"], name="entries_by_title"),
                ],
            },
        ),
        migrations.RunPython(follow, let_go),
    ]
