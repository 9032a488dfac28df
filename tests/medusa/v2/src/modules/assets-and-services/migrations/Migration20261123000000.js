const { Migration } = require("@medusajs/framework/mikro-orm/migrations")

const stamps = `
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deleted_at timestamptz`

exports.Migration20261123000000 = class Migration20261123000000 extends Migration {
  async up() {
    this.addSql(`create table asset (
      id text primary key,
      name text,
      thumbnail text,
      serial_number text not null,
      end_of_warranty_date timestamptz,
      totals jsonb,${stamps})`)
    this.addSql(`create unique index "IDX_asset_serial_number_unique" on asset (serial_number) where deleted_at is null`)

    this.addSql(`create table service_instance (
      id text primary key,
      name text not null,
      start_date timestamptz not null,
      end_date timestamptz,
      purchase_date timestamptz,
      payment_type text not null check (payment_type in ('ONE_TIME', 'WEEKLY', 'MONTHLY', 'YEARLY')),
      status text not null default 'ACTIVE' check (status in ('ACTIVE', 'INACTIVE', 'EXPIRED')),
      totals jsonb,${stamps})`)

    this.addSql(`create table service_instance_asset (
      service_instance_id text not null references service_instance (id) on update cascade on delete cascade,
      asset_id text not null references asset (id) on update cascade on delete cascade,
      primary key (service_instance_id, asset_id))`)

    this.addSql(`create table product_reference (
      id text primary key,
      source_product_variant_id text not null,
      target_product_variant_id text not null,
      metadata jsonb,
      reference_type text not null
        check (reference_type in ('SPARE_PART', 'ACCESSORY', 'REPLACEMENT', 'TOOL', 'COMPATIBLE_SERVICE')),${stamps})`)
    this.addSql(`create index "IDX_product_reference_source" on product_reference (source_product_variant_id)`)
  }

  async down() {
    for (const table of ["service_instance_asset", "asset", "service_instance", "product_reference"]) {
      this.addSql(`drop table if exists ${table} cascade`)
    }
  }
}
